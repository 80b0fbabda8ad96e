"""What somebody did about their own account, as the audit has it: on the platform's chain, by id and never by name."""

from collections.abc import Mapping
from datetime import datetime

from hub.audience import PLATFORM
from hub.ids import UserId
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
