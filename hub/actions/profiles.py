"""What people do about how they are described. Deeds' answers are kept as long as their commands are, and the audit for
ever; so both say what was changed, and neither from what nor to what.
"""

from dataclasses import replace
from typing import Any

from hub.actions.deed import Answer, Work, deed
from hub.commands.command import Command
from hub.commands.profiles import ChangePreferences, ChangeProfile
from hub.domain.profiles import Preferences, Profile, cleaned_number
from hub.domain.refusals import TokenInvalid
from hub.events.event import Shape
from hub.ids import UserId
from hub.store import profiles


class ProfileAnswer(Answer):
    """Which fields are another than before. What they are now, `GET /me` says."""

    changed: tuple[str, ...]


class PreferencesAnswer(Answer, Preferences):
    """What one likes from now on."""


class Fields(Shape):
    """What the audit has of somebody's own data: which fields there were or are, and never what stands in them."""

    fields: tuple[str, ...]


@deed
async def change_profile(work: Work, command: ChangeProfile) -> ProfileAnswer:
    user = work.own_account()
    before, named = await _locked(user), _named(command)
    if named.get("phone") is not None:
        named["phone"] = cleaned_number(named["phone"])
    after = _described(before, named)
    changed = tuple(sorted(one for one in named if _said(before, one) != _said(after, one)))
    if changed:
        await profiles.save(user, after)
        work.note("profile", user, None, Fields(fields=changed))
    return ProfileAnswer(changed=changed)


@deed
async def change_preferences(work: Work, command: ChangePreferences) -> PreferencesAnswer:
    user = work.own_account()
    before, named = await _locked(user), _named(command)
    after = _described(before, named)
    if named:
        await profiles.save(user, after)
    return PreferencesAnswer.model_validate(after.preferences.model_dump())


async def _locked(user: UserId) -> Profile:
    profile = await profiles.lock(user)
    if profile is None:
        raise TokenInvalid
    return profile


NULLABLE = frozenset({"phone"})
"""Of these a null is a value; of the others it says as little as not naming them."""


def _named(command: Command) -> dict[str, Any]:
    """The fields that were named, with what they are to be."""
    named = {name: getattr(command, name) for name in command.model_fields_set - {"seen"}}
    return {name: value for name, value in named.items() if value is not None or name in NULLABLE}


def _described(before: Profile, named: dict[str, Any]) -> Profile:
    likes = {name: value for name, value in named.items() if name in Preferences.model_fields}
    own = {name: value for name, value in named.items() if name not in likes}
    return replace(before, preferences=before.preferences.model_copy(update=likes), **own)


def _said(profile: Profile, name: str) -> Any:
    return getattr(profile.preferences if name in Preferences.model_fields else profile, name)
