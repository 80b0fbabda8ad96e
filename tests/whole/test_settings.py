"""What a hub is told at its start: read as it is written in a file, and refused in one sentence that holds no value."""

from ipaddress import ip_network

import pytest

from hub.config import BadSetting, settings_from

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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://secret@house"),
        ("REDIS_URL", "http://secret"),
        ("BRIGADE_SECRET", "secret"),
        ("PORT", "secret"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, secret"),
        ("LOG_FORMAT", "secret"),
    ],
)
def test_what_is_wrong_is_named_and_not_repeated(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"^{name} is not right: it must") as refused:
        settings_from({**NEEDED, name: value})
    assert "secret" not in str(refused.value)
