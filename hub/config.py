"""Settings: read once from the environment, checked, and passed on. No module reads the environment later.

Every setting that is missing or wrong ends the start with one sentence that says which, and what to do.
"""

import os
import re
import secrets
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, ValidationInfo, field_validator

from hub.commands.wording import field_errors
from hub.domain.passwords import LENGTH_MIN, LENGTH_MIN_STAFF
from hub.limits import Scale, read_scale
from hub.proxies import Network
from hub.tokens import SECRET_LENGTH_MIN

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
MAIL_SCHEMES = ("smtps", "smtp", "smtp+plain")
LOG_LEVELS: tuple[LogLevel, ...] = get_args(LogLevel)

_ONE_ADDRESS = r'[^\s@,;:<>()"\\]+@[^\s@,;:<>()"\\]+'
_SENDER = re.compile(rf'{_ONE_ADDRESS}|[^@,;:<>()"\x00-\x1f\x7f]+ <{_ONE_ADDRESS}>')


class BadSetting(Exception):
    """A setting is missing or wrong; the message is for whoever starts the hub."""


class Settings(BaseModel):
    """What a hub is told at its start. Field names in capitals are the environment's names."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    database_url: Annotated[str, Field(repr=False, description="PostgreSQL, as postgresql://user@host:5432/name.")]
    redis_url: Annotated[str, Field(repr=False, description="Redis, as redis://host:6379/0, rediss://… or unix:///….")]
    brigade_secret: Annotated[
        str,
        Field(
            min_length=SECRET_LENGTH_MIN,
            repr=False,
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
        Field(description="Addresses or networks, by comma, of the proxies whose X-Forwarded-… are believed."),
    ] = ()
    smtp_url: Annotated[
        str | None,
        Field(
            repr=False,
            description="The mail server, as smtps://login:password@host, smtp://… (STARTTLS) or smtp+plain://….",
        ),
    ] = None
    mail_from: Annotated[
        str | None, Field(validate_default=True, description="Whom mail is from: Brigade <kitchen@example.com>.")
    ] = None
    public_url: Annotated[
        str | None,
        Field(
            validate_default=True,
            description="Where people reach the house, as letters say it: https://brigade.example.",
        ),
    ] = None
    erase_after_days: Annotated[
        int,
        Field(ge=0, le=3650, description="Days after which it is erased who somebody was that deleted their account."),
    ] = 30
    password_length_min_staff: Annotated[
        int,
        Field(
            ge=LENGTH_MIN,
            le=64,
            description="How long a new password is at least of whoever works in a restaurant without a second factor.",
        ),
    ] = LENGTH_MIN_STAFF
    google_client_id: Annotated[str | None, Field(description="As what Google knows this house.")] = None
    google_client_secret: Annotated[
        SecretStr | None, Field(validate_default=True, description="What Google gave with it.")
    ] = None
    facebook_client_id: Annotated[str | None, Field(description="As what Facebook knows this house.")] = None
    facebook_client_secret: Annotated[
        SecretStr | None, Field(validate_default=True, description="What Facebook gave with it.")
    ] = None
    limits_scale: Annotated[
        Scale | None,
        Field(description="How many times its figure each limit is here: 2, or by name and comma: staff=4,guest=0.5."),
    ] = None
    database_pool_size_max: Annotated[int, Field(ge=2, le=200, description="Connections to PostgreSQL.")] = 16
    patience: Annotated[
        float,
        Field(
            ge=1,
            le=60,
            description="How many times longer than usual the hub waits for PostgreSQL and Redis before it refuses: "
            "for a machine that stands still at times, as a crowded one does.",
        ),
    ] = 1.0
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

    @field_validator("limits_scale", mode="before")
    @classmethod
    def _scale(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return read_scale(value)
        except ValueError:
            raise ValueError("must be a figure above 0, or names of limits with one each, such as staff=4") from None

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

    @field_validator("smtp_url")
    @classmethod
    def _is_mail_server(cls, value: str | None) -> str | None:
        if value is not None and not _names_a_mail_server(value):
            raise ValueError("must begin with smtps://, smtp:// or smtp+plain:// and name a host")
        return value

    @field_validator("mail_from")
    @classmethod
    def _is_sender(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("smtp_url") is not None:
            raise ValueError("must be set, since SMTP_URL is")
        if value is not None and not _SENDER.fullmatch(value):
            raise ValueError("must be one address, with or without a name before it")
        return value

    @field_validator("public_url")
    @classmethod
    def _is_where_people_come(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("smtp_url") is not None:
            raise ValueError("must be set, since SMTP_URL is")
        if value is not None and not _names_a_house(value):
            raise ValueError("must begin with https:// or http:// and name a host, and nothing else")
        return None if value is None else value.rstrip("/")

    @field_validator("google_client_secret", "facebook_client_secret")
    @classmethod
    def _goes_with_its_id(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        its_id = str(info.field_name).replace("secret", "id")
        if (value is None) != (info.data.get(its_id) is None):
            raise ValueError(f"must be set where {its_id.upper()} is, and only there")
        return value

    @property
    def front_door(self) -> str:
        """Where links in letters lead. Never what a request calls us: whoever asks could choose who is sent there."""
        if self.public_url is not None:
            return self.public_url
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def passkeys_door(self) -> str:
        """Where people make and show passkeys: at the front door. Never at what a request calls us.

        Browsers make none for the number of a machine; where nobody but this one can knock, it has a name besides.
        """
        if self.public_url is None and self.is_loopback:
            return f"http://localhost:{self.port}"
        return self.front_door

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


def _names_a_mail_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in MAIL_SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _names_a_house(url: str) -> bool:
    try:
        parts = urlsplit(url)
        has_port = parts.port != 0
    except ValueError:
        return False
    is_bare = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username is not None)
    return parts.scheme in ("https", "http") and bool(parts.hostname) and is_bare and has_port


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
