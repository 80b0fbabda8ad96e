"""What is done about keys. The secret of one is in the answer that made it, and in nothing that is kept."""

from datetime import timedelta
from ipaddress import ip_network
from typing import Self

from pydantic import PrivateAttr, SecretStr

from hub.actions.deed import Answer, Links, Work, deed
from hub.commands.keys import ChangeKey, MakeKey, RevokeKey, RotateKey
from hub.domain.keys import Key, must_be_theirs_to_give
from hub.events.keys import KeyChanged, KeyShown
from hub.ids import KeyId, new_id
from hub.proxies import Network
from hub.store import keys
from hub.tokens import KEY_SHOWN_LENGTH, hash_of, restaurants_key


class KeyAnswer(Answer, KeyShown):
    """A key as it is now. `key` is what a program comes in with, where there is a new one: it is shown this once.

    To whoever asks for the same again it is null. Who did not get the answer rotates the key, and has another.
    """

    key: str | None = None
    _secret: SecretStr | None = PrivateAttr(None)

    @classmethod
    def of(cls, key: Key, secret: str | None = None) -> Self:
        answer = cls.model_validate(key.shown().model_dump())
        answer._secret = None if secret is None else SecretStr(secret)
        return answer

    def signed(self, links: Links) -> Self:
        """With its secret, which is no part of the answer that is kept."""
        if self._secret is None:
            return self
        return self.model_copy(update={"key": self._secret.get_secret_value()})


@deed
async def make_key(work: Work, command: MakeKey) -> KeyAnswer:
    work.enter(command.restaurant_id)
    must_be_theirs_to_give(work.by, command.restaurant_id, command.scopes)
    secret, days = restaurants_key(), command.expires_in_days
    key = Key(
        id=KeyId(new_id()),
        restaurant_id=command.restaurant_id,
        name=command.name,
        begins_with=secret[:KEY_SHOWN_LENGTH],
        scopes=frozenset(command.scopes),
        networks=_networks(command.networks),
        made_at=work.at,
        made_by=work.by.user,
        expires_at=None if days is None else work.at + timedelta(days=days),
    )
    await keys.add(key, hash_of(secret))
    work.note("key", key.id, None, key.shown())
    return KeyAnswer.of(key, secret)


@deed
async def change_key(work: Work, command: ChangeKey) -> KeyAnswer:
    before = work.admitted(await keys.lock(command.key_id, by=work.by), "key")
    must_be_theirs_to_give(work.by, before.restaurant_id, command.scopes or ())
    networks = None if command.networks is None else _networks(command.networks)
    changed = before.changed(command.name, command.scopes, networks)
    if networks is not None:
        # Who lets it open from where they are may come in with it.
        must_be_theirs_to_give(work.by, changed.restaurant_id, changed.scopes)
    return await _saved(work, before, changed)


@deed
async def rotate_key(work: Work, command: RotateKey) -> KeyAnswer:
    before = work.admitted(await keys.lock(command.key_id, by=work.by), "key")
    # Whoever is shown its secret may do all that it stands for, whoever made it.
    must_be_theirs_to_give(work.by, before.restaurant_id, before.scopes)
    secret = restaurants_key()
    key = before.rotated(secret[:KEY_SHOWN_LENGTH])
    await keys.put_in_place(key, hash_of(secret))
    work.note("key", key.id, before.shown(), key.shown())
    work.record(KeyChanged(key_id=key.id))
    return KeyAnswer.of(key, secret)


@deed
async def revoke_key(work: Work, command: RevokeKey) -> KeyAnswer:
    before = work.admitted(await keys.lock(command.key_id, by=work.by), "key")
    return await _saved(work, before, before.revoked(work.at))


async def _saved(work: Work, before: Key, key: Key) -> KeyAnswer:
    await keys.save(key)
    work.note("key", key.id, before.shown(), key.shown())
    work.record(KeyChanged(key_id=key.id))
    return KeyAnswer.of(key)


def _networks(texts: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ip_network(one) for one in texts)
