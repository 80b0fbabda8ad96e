"""What a hub is told at its start: read as it is written in a file, and refused in one sentence that holds no value."""

from ipaddress import ip_network

import pytest

from hub.config import BadSetting, settings_from
from hub.limits import GENERAL, ORDER, STAFF_TIER

NEEDED = {
    "DATABASE_URL": "postgresql://owner@127.0.0.1/house",
    "REDIS_URL": "redis://127.0.0.1",
    "BRIGADE_SECRET": "a secret that nobody would guess in years",
}


def test_what_is_left_empty_is_not_said() -> None:
    assert settings_from({**NEEDED, "TRUSTED_PROXIES": "", "PORT": ""}) == settings_from(NEEDED)


def test_lists_stand_between_commas() -> None:
    said = {"ALLOWED_ORIGINS": "https://menu.example, https://tv.example,", "TRUSTED_PROXIES": "10.1.2.3/8, ::1"}
    settings = settings_from({**NEEDED, **said})
    assert settings.allowed_origins == ("https://menu.example", "https://tv.example")
    assert settings.trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("::1/128"))


def test_limits_are_scaled_all_at_once_or_by_name() -> None:
    scale = settings_from({**NEEDED, "LIMITS_SCALE": "2, staff=4,order = 0.5"}).limits_scale
    assert scale is not None
    assert [scale.applied(tier).limit for tier in (GENERAL, STAFF_TIER, ORDER)] == [200, 12_000, 5]
    assert settings_from(NEEDED).limits_scale is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://secret@house"),
        ("REDIS_URL", "http://secret"),
        ("BRIGADE_SECRET", "secret"),
        ("PORT", "secret"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, secret"),
        ("LIMITS_SCALE", "secret=2"),
        ("LIMITS_SCALE", "staff=secret"),
        ("LIMITS_SCALE", "0"),
        ("LIMITS_SCALE", "nan"),
        ("LOG_FORMAT", "secret"),
        ("PASSWORD_LENGTH_MIN_STAFF", "secret"),
        ("SMTP_URL", "https://secret@mail.example"),
        ("SMTP_URL", "smtp://"),
        ("SMTP_URL", "smtp://secret@mail.example:secret"),
        ("PUBLIC_URL", "brigade.secret"),
        ("PUBLIC_URL", "javascript:secret"),
        ("PUBLIC_URL", "https://secret@brigade.example"),
        ("PUBLIC_URL", "https://brigade.example/secret"),
        ("PUBLIC_URL", "https://brigade.example:secret"),
        ("GOOGLE_CLIENT_SECRET", "secret"),
        ("FACEBOOK_CLIENT_SECRET", "secret"),
        ("MAIL_FROM", "secret"),
        ("MAIL_FROM", "Secret <secret@brigade.example>\r\nBcc: everybody@brigade.example"),
    ],
)
def test_what_is_wrong_is_named_and_not_repeated(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"^{name} is not right: it must") as refused:
        settings_from({**NEEDED, name: value})
    assert "secret" not in str(refused.value)


def test_settings_that_are_shown_hide_what_opens_something() -> None:
    urls = {"DATABASE_URL": "postgresql://hub:sesame@db.example/house", "REDIS_URL": "redis://:sesame@redis.example"}
    settings = settings_from({**NEEDED, **urls, "BRIGADE_SECRET": "sesame" * 8})
    assert "sesame" not in repr(settings)


@pytest.mark.parametrize(
    ("said", "front_door"),
    [
        ({}, "http://127.0.0.1:8080"),
        ({"HOST": "::1", "PORT": "81"}, "http://[::1]:81"),
        ({"PUBLIC_URL": "https://brigade.example/"}, "https://brigade.example"),
    ],
)
def test_letters_lead_where_the_settings_say_and_else_to_where_the_hub_listens(
    said: dict[str, str], front_door: str
) -> None:
    assert settings_from({**NEEDED, **said}).front_door == front_door


def test_whoever_sends_mail_says_whom_it_is_from() -> None:
    sending = {**NEEDED, "SMTP_URL": "smtps://kitchen:sesame@mail.example"}
    with pytest.raises(BadSetting, match=r"^MAIL_FROM is not right: it must be set, since SMTP_URL is\."):
        settings_from(sending)
    with pytest.raises(BadSetting, match=r"^PUBLIC_URL is not right: it must be set, since SMTP_URL is\."):
        settings_from({**sending, "MAIL_FROM": "kitchen@brigade.example"})
    for sender in ("kitchen@brigade.example", "The Kitchen <kitchen@brigade.example>"):
        settings = settings_from({**sending, "MAIL_FROM": sender, "PUBLIC_URL": "https://brigade.example"})
        assert settings.mail_from == sender
        assert "sesame" not in repr(settings)
