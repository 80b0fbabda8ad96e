"""The composition root: what a hub is made of, in the order in which it starts. What starts first stops last.

This module and `hub.__main__` alone know the doors. Not its business: processes, ports and signals (`hub.serving`).
"""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import asyncpg
from aiohttp import web

import api.routes
import api.screens
import rooms.asyncapi
import rooms.server
from api.counter import Counter
from hub.actions import DEEDS
from hub.actions.accounts import Accounts
from hub.actions.avatars import Avatars
from hub.actions.deed import Deeds
from hub.actions.devices import Devices
from hub.actions.glass import Glass
from hub.actions.identity import Demo, Identities
from hub.actions.invitations import Invitations
from hub.actions.passkeys import Challenges, Passkeys
from hub.actions.passwords import Passwords
from hub.actions.pins import Pins
from hub.actions.second_factors import SecondFactors
from hub.actions.sessions import Sessions
from hub.actions.vouching import Handles, Vouching
from hub.actions.watch import watching
from hub.boards.opening import Opening
from hub.config import BadSetting, Settings
from hub.domain.passkeys import house_at
from hub.domain.vouching import ProviderName
from hub.follow import Followers, Hearing, LedgerPages, RedisDoorbell, RedisPulses
from hub.ids import new_id
from hub.keys import Hub
from hub.outside.mail import Post, SmtpPost
from hub.outside.mailbox import Mailbox
from hub.outside.providers import Provider
from hub.outside.providers.asking import Telephone
from hub.outside.providers.facebook import FACEBOOK, Facebook
from hub.outside.providers.openid import GOOGLE, OpenId
from hub.porter import Means, Porter
from hub.store.database import Database
from hub.telemetry import Metrics
from hub.tokens import Tokens, derived_key
from hub.turnstile import SILENCE_SECONDS_MAX, RedisBuckets, Turnstile

RINGS = "rings"
"""The purpose for which the doorbell's key is derived."""
PULSES = "pulses"
"""The purpose for which the key is derived that seals what hubs tell each other of themselves."""
LIMITS = "limits"
"""The purpose for which the key is derived that hides who is counted."""


@dataclass(slots=True)
class House:
    """A hub with its doors: what `hub.serving` puts on a port."""

    hub: Hub
    application: web.Application
    counter: Counter
    rooms: rooms.server.Rooms


@asynccontextmanager
async def open_house(settings: Settings, *, demo: Demo | None = None) -> AsyncIterator[House]:
    """Everything that runs, in order. The doors are made but not yet open; with a demo, anybody may sign in to it."""
    metrics = Metrics()
    instance = str(new_id())
    async with AsyncExitStack() as running:
        database = await _database(settings)
        running.push_async_callback(database.close)
        tokens = Tokens(settings.brigade_secret, database.clock.now)
        doorbell = RedisDoorbell(settings.redis_url, key=derived_key(settings.brigade_secret, RINGS), metrics=metrics)
        followers = Followers(LedgerPages(database), doorbell, metrics, now=database.clock.now)
        passwords = Passwords()
        running.callback(passwords.close)
        identities = Identities(database, tokens)
        followers.add_listener(identities)
        database.listen(followers.hear)
        database.listen(doorbell.ring)
        await running.enter_async_context(followers.running())
        deeds = Deeds(DEEDS, database, metrics, tokens)
        glass = Glass(database, deeds)
        await running.enter_async_context(glass.writing())
        await running.enter_async_context(watching(database, deeds, glass))
        means = Means(
            database,
            _post(settings, database, demo),
            settings.front_door,
            erase_after=timedelta(days=settings.erase_after_days),
        )
        await running.enter_async_context(Porter(means, metrics).working())
        buckets = RedisBuckets(
            settings.redis_url,
            key=derived_key(settings.brigade_secret, LIMITS),
            silence_seconds_max=SILENCE_SECONDS_MAX * settings.patience,
        )
        await running.enter_async_context(buckets.running())
        turnstile = Turnstile(buckets, metrics, settings.limits_scale)
        second_factors = SecondFactors(database, passwords, turnstile, settings.brigade_secret, settings.front_door)
        telephone = Telephone()
        await running.enter_async_context(telephone.working())
        sessions = Sessions(database, tokens, passwords, second_factors, settings.front_door)
        devices = Devices(database, tokens)
        hub = Hub(
            settings=settings,
            metrics=metrics,
            database=database,
            followers=followers,
            hearing=Hearing(instance, database, followers, doorbell, metrics),
            pulses=RedisPulses(settings.redis_url, key=derived_key(settings.brigade_secret, PULSES), metrics=metrics),
            deeds=deeds,
            glass=glass,
            identities=identities,
            sessions=sessions,
            second_factors=second_factors,
            accounts=Accounts(
                database,
                tokens,
                passwords,
                second_factors,
                settings.front_door,
                staff_length_min=settings.password_length_min_staff,
            ),
            invitations=Invitations(database, tokens, passwords, length_min=settings.password_length_min_staff),
            avatars=Avatars(database),
            vouching=Vouching(
                database,
                sessions,
                passwords,
                Handles(settings.brigade_secret),
                _providers(settings, telephone),
                settings.front_door,
            ),
            passkeys=Passkeys(
                database,
                passwords,
                second_factors,
                sessions,
                Challenges(settings.brigade_secret),
                house_at(settings.passkeys_door),
            ),
            devices=devices,
            pins=Pins(database, passwords, sessions, devices, settings.brigade_secret),
            links=tokens,
            opening=Opening(database, followers, metrics),
            turnstile=turnstile,
            instance=instance,
            started_at=time.time(),
            screens=api.screens.digest(),
            demo=demo,
        )
        application = web.Application()
        api.routes.attach(application, hub, asyncapi=rooms.asyncapi.document)
        live = rooms.server.attach(application, hub)
        yield House(hub, application, api.routes.counter(hub), live)


def _post(settings: Settings, database: Database, demo: Demo | None) -> Post | None:
    """The way letters go: to the mail server that is set, or else, from a house to try, into its own mailbox."""
    if settings.smtp_url is not None:
        assert settings.mail_from is not None, "The settings have seen to it."
        return SmtpPost(settings.smtp_url, settings.mail_from)
    return None if demo is None else Mailbox(database)


def _providers(settings: Settings, telephone: Telephone) -> dict[ProviderName, Provider]:
    """Whoever can vouch for somebody here: those who know this house."""
    known: dict[ProviderName, Provider] = {}
    if settings.google_client_id is not None and settings.google_client_secret is not None:
        google = OpenId(
            ProviderName.GOOGLE, GOOGLE, settings.google_client_id, settings.google_client_secret, telephone
        )
        known[ProviderName.GOOGLE] = google
    if settings.facebook_client_id is not None and settings.facebook_client_secret is not None:
        facebook = Facebook(FACEBOOK, settings.facebook_client_id, settings.facebook_client_secret, telephone)
        known[ProviderName.FACEBOOK] = facebook
    return known


async def _database(settings: Settings) -> Database:
    """The database, once it answers. Raises BadSetting where it does not; from then on it may come and go."""
    try:
        return await Database.open(
            settings.database_url, pool_size_max=settings.database_pool_size_max, patience=settings.patience
        )
    except (OSError, asyncpg.PostgresError) as error:
        raise BadSetting(
            f"The database cannot be used: {error}. Is DATABASE_URL right, and was `brigade migrate` run?"
        ) from None
