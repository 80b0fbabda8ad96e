"""What somebody did about their own account, as the audit has it: on the platform's chain, by id and never by name.

What they do at a kitchen tablet is the restaurant's, and stands on its chain.
"""

from collections.abc import Mapping
from datetime import datetime

from hub.audience import PLATFORM, restaurant_scope
from hub.domain.devices import Device
from hub.ids import SessionId, UserId
from hub.proxies import Address
from hub.store import audit
from hub.store.audit import Noted


async def note_of_account(
    action: str, user: UserId, at: datetime, address: Address | None, new: Mapping[str, object] | None = None
) -> None:
    """Note it in the transaction under way, near its end: whoever notes something of another account waits for that."""
    await audit.append(
        Noted(
            scope=PLATFORM,
            at=at,
            actor=f"user:{user}",
            action=action,
            entity="person",
            entity_id=str(user),
            new=new,
            address=address,
        )
    )


async def note_at_device(
    action: str, device: Device, user: UserId, at: datetime, address: Address | None, session: SessionId
) -> None:
    """Note who came in at which tablet, in the transaction under way and near its end."""
    await audit.append(
        Noted(
            scope=restaurant_scope(device.restaurant_id),
            at=at,
            actor=f"user:{user}",
            action=action,
            entity="device",
            entity_id=str(device.id),
            new={"name": device.name, "sessionId": str(session)},
            address=address,
        )
    )
