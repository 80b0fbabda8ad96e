"""What people do about their own addresses. Where somebody lives stands in no kept answer, and not in the audit."""

from hub.actions.deed import Answer, Work, deed
from hub.actions.profiles import Fields
from hub.commands.addresses import AddAddress, ChangeAddress, RemoveAddress
from hub.domain.addresses import (
    ADDRESSES_MAX,
    CannotDeleteDefault,
    DefaultNeeded,
    NoSuchAddress,
    PostalAddress,
    TooManyAddresses,
)
from hub.ids import AddressId, UserId, new_id
from hub.store import addresses

ADDRESS = "address"
ALL = ("label", "lines")


class AddressAnswer(Answer):
    """Which address it is, and whether it is the default now. What it says, `GET /me/addresses` does."""

    address_id: AddressId
    is_default: bool


class AddressGoneAnswer(Answer):
    """The address that is forgotten."""

    address_id: AddressId


@deed
async def add_address(work: Work, command: AddAddress) -> AddressAnswer:
    user, address = work.own_account(), AddressId(new_id())
    await addresses.add(user, address, command.label, command.lines, is_default=command.is_default)
    held = await addresses.of(user)
    if len(held) > ADDRESSES_MAX:
        raise TooManyAddresses(addresses_max=ADDRESSES_MAX)
    work.note(ADDRESS, address, None, Fields(fields=ALL))
    return AddressAnswer(address_id=address, is_default=held[0].address_id == address)


@deed
async def change_address(work: Work, command: ChangeAddress) -> AddressAnswer:
    user = work.own_account()
    before = await _locked(user, command.address_id)
    if before.is_default and command.is_default is False:
        raise DefaultNeeded
    named = {name: getattr(command, name) for name in ("label", "lines", "is_default")}
    after = before.model_copy(update={name: value for name, value in named.items() if value is not None})
    changed = tuple(name for name in named if getattr(before, name) != getattr(after, name))
    if changed:
        await addresses.save(user, after)
        work.note(ADDRESS, after.address_id, None, Fields(fields=changed))
    return AddressAnswer(address_id=after.address_id, is_default=after.is_default)


@deed
async def remove_address(work: Work, command: RemoveAddress) -> AddressGoneAnswer:
    user = work.own_account()
    address = await _locked(user, command.address_id)
    if address.is_default:
        raise CannotDeleteDefault
    await addresses.remove(user, address.address_id)
    work.note(ADDRESS, address.address_id, Fields(fields=ALL), None)
    return AddressGoneAnswer(address_id=address.address_id)


async def _locked(user: UserId, wanted: AddressId) -> PostalAddress:
    """Raises NoSuchAddress where it is not one of theirs."""
    address = (await addresses.lock(user)).get(wanted)
    if address is None:
        raise NoSuchAddress
    return address
