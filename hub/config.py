"""Settings: read once from the environment, checked, and passed on. No module reads the environment later.

Every setting that is missing or wrong ends the start with one sentence that says which, and what to do.
"""

import os
import secrets
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from hub.commands.wording import field_errors
from hub.proxies import Network
from hub.tokens import SECRET_LENGTH_MIN

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
LOG_LEVELS: tuple[LogLevel, ...] = get_args(LogLevel)


class BadSetting(Exception):
    """A setting is missing or wrong; the message is for whoever starts the hub."""


class Settings(BaseModel):
    """What a hub is told at its start. Field names in capitals are the environment's names."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    database_url: Annotated[str, Field(description="PostgreSQL, as postgresql://user@host:5432/name.")]
    redis_url: Annotated[str, Field(description="Redis, as redis://host:6379/0, rediss://… or unix:///….")]
    brigade_secret: Annotated[
        str,
        Field(
            min_length=SECRET_LENGTH_MIN,
            description="At least 32 random characters, the same for all hubs of a house. Keys are derived from it.",
        ),
    ]
    host: Annotated[str, Field(description="The address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="The port to listen on.")] = 8080
    metrics_port: Annotated[
        int | None, Field(ge=0, le=65535, description="A port of its own for /metrics; each worker takes the next one.")
    ] = None
    allowed_origins: Annotated[
        tuple[str, ...], Field(description="Origins, by comma, whose pages may connect besides the hub's own.")
    ] = ()
    trusted_proxies: Annotated[
        tuple[Network, ...],
        Field(description="Addresses or networks, by comma, of the proxies whose X-Forwarded-Host is believed."),
    ] = ()
    database_pool_size_max: Annotated[int, Field(ge=2, le=200, description="Connections to PostgreSQL.")] = 16
    log_format: Annotated[
        Literal["json", "text"] | None, Field(description="json or text; by default text on a terminal.")
    ] = None
    log_level: Annotated[LogLevel, Field(description="How much to log.")] = "INFO"

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _by_comma(cls, value: Any) -> Any:
        return tuple(_parts(value)) if isinstance(value, str) else value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return tuple(ip_network(one, strict=False) for one in _parts(value))
        except ValueError:
            raise ValueError("must be addresses or networks, such as 10.0.0.0/8") from None

    @field_validator("database_url")
    @classmethod
    def _is_postgres(cls, value: str) -> str:
        if not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("must begin with postgresql://")
        return value

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, value: str) -> str:
        if not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must begin with redis://, rediss:// or unix://")
        return value

    @property
    def is_loopback(self) -> bool:
        """Whether nobody but this machine can knock."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether whoever listens there is reached from the same machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def settings_from(environment: Mapping[str, str] = os.environ, **chosen: Any) -> Settings:
    """The settings: what the command line chose, else the environment. Raises BadSetting with one sentence."""
    known = {name: environment[name.upper()] for name in Settings.model_fields if environment.get(name.upper())}
    try:
        return Settings.model_validate(
            {**known, **{name: value for name, value in chosen.items() if value is not None}}
        )
    except ValidationError as error:
        raise BadSetting(_sentence(error)) from None


def _parts(value: str) -> list[str]:
    """What stands between the commas."""
    return [one.strip() for one in value.split(",") if one.strip()]


def _sentence(error: ValidationError) -> str:
    """The first thing that is wrong, said so that it can be mended, without the value: it may be a secret."""
    first = field_errors(error)[0]
    meaning = Settings.model_fields[first.field].description
    if first.code == "missing":
        return f"{first.field.upper()} is not set. {meaning}"
    return f"{first.field.upper()} is not right: it {first.message}. {meaning}"


def new_secret() -> str:
    """A secret nobody has seen: for the embedded house, which keeps it in its own folder."""
    return secrets.token_urlsafe(48)
