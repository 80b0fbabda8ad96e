"""Invitations: who is asked to work somewhere until they answer, and how many letters went out for that."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-24T00:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Invitations"

FORWARDS = """
    create table invitation (
        id uuid primary key,
        restaurant_id uuid not null references restaurant on delete restrict,
        email text not null,
        roles text[] not null,
        language text not null,
        invited_by uuid not null references person on delete restrict,
        invited_at timestamptz not null,
        expires_at timestamptz not null,
        unique (restaurant_id, email)
    );
    create index invitation_of_email on invitation (email);
    create index invitation_expires on invitation (expires_at);

    create table invitation_letter (
        restaurant_id uuid not null references restaurant on delete restrict,
        address bytea not null,  -- SHA-256 of whom it went to
        at timestamptz not null
    );
    create index invitation_letter_of_restaurant on invitation_letter (restaurant_id, at);
    create index invitation_letter_at on invitation_letter (at);

    alter table one_time_token
        add column invitation_id uuid references invitation on delete cascade,
        drop constraint one_time_token_check,
        add constraint one_time_token_check check (num_nonnulls(registration_id, person_id, invitation_id) = 1);
    create index one_time_token_of_invitation on one_time_token (invitation_id);
"""

BACKWARDS = """
    delete from one_time_token where invitation_id is not null;
    alter table one_time_token
        drop constraint one_time_token_check,
        drop column invitation_id,
        add constraint one_time_token_check check (num_nonnulls(registration_id, person_id) = 1);
    drop table invitation_letter;
    drop table invitation;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="hub", description=DESCRIPTION)

    async def create() -> None:
        await connection().execute(FORWARDS)

    async def drop() -> None:
        await connection().execute(BACKWARDS)

    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
