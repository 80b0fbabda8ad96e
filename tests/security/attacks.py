"""Every attack by name: what must hold against it, and which of the suite's own tests try it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attack:
    """`tests` are files and folders of tests, from the folder of all of them."""

    title: str
    must_hold: str
    tests: tuple[str, ...]


ATTACKS = {
    "foreign_rights": Attack(
        "every route and every room, by everybody, at home and elsewhere",
        "whoever the table of rights does not name gets nothing, and elsewhere not even that it is there",
        ("api/test_rights.py", "api/test_guests.py", "rooms/test_rights.py"),
    ),
    "forged_tokens": Attack(
        "tokens that somebody else made, or bent", "none opens anything", ("actions/test_forged_tokens.py",)
    ),
    "stolen_sessions": Attack(
        "refresh tokens that were copied, and tabs that race with theirs",
        "a copy ends its session on every hub within two seconds, and nobody who races is signed out",
        ("actions/test_sessions.py", "api/test_sessions.py", "rooms/test_sessions.py"),
    ),
    "slow_bodies": Attack(
        "requests that are begun before their sender is shut out, and ended afterwards",
        "what somebody may do is what they may do once all of it is said",
        ("security/test_slow_bodies.py",),
    ),
    "guesses": Attack(
        "passwords that are guessed at one account, from one address, from five hundred",
        "five are tried for an account from an address, fifty from an address, ten and five a minute for an account; a "
        "device that the account knows gets in",
        ("security/test_guessing.py", "api/test_locks.py", "domain/test_locks.py"),
    ),
    "enumeration": Attack(
        "asking in every way whether somebody has an account",
        "the same answer after the same work, at most five milliseconds apart in the median",
        ("security/test_enumeration.py", "api/test_registering.py", "api/test_another_password.py"),
    ),
    "sign_in_floods": Attack(
        "two hundred who sign in at once",
        "fifty wait, the rest is told to come again, and the loop is late by twenty milliseconds at most",
        ("security/test_login_flood.py",),
    ),
    "second_factors": Attack(
        "codes that somebody saw, of other half minutes, and guessed by the thousand, by who knows the password",
        "a code is good once, whoever races with it, and five wrong ones are tried for an account",
        ("security/factors/test_second_factors.py", "actions/test_second_factors.py"),
    ),
    "passkeys": Attack(
        "what a device has signed, shown twice, to others, for other pages, bent, counted back, and of whoever is gone",
        "none of it is accepted, and nobody adds a passkey to another's account or with a session alone",
        ("security/factors/test_passkeys.py", "api/test_passkeys.py", "domain/test_passkeys.py"),
    ),
    "pins": Attack(
        "PINs that are guessed, a PIN without its tablet, a tablet without a PIN, revoked ones, a copied database",
        "five wrong ones are tried for somebody at a tablet, and with the right one nobody gets beyond a dinner",
        ("security/factors/test_pins.py", "api/test_pins.py", "api/test_devices.py", "rooms/test_devices.py"),
    ),
    "floods": Attack(
        "more than anybody may ask, by racers, from many addresses, with Redis away",
        "of a thousand racers a hundred get through, and nobody uses up what is another's",
        ("limits/test_buckets.py", "limits/test_redis_buckets.py", "limits/test_tiers.py", "api/test_limits.py"),
    ),
    "smuggling": Attack(
        "requests that two readers would read differently",
        "each is answered once, with 400, and hung up on",
        ("rooms/test_smuggling.py",),
    ),
    "chosen_fields": Attack(
        "fields of an input that say what is not the asker's to say",
        "there is none that nobody has named, and what is unknown is refused",
        ("whole/test_input.py",),
    ),
    "made_up": Attack(
        "whatever the documents allow, and much that they do not, in both versions, by everybody",
        "of ten thousand requests and more, none is answered otherwise than documented, and none with a 5xx",
        ("fuzz/test_fuzz.py",),
    ),
    "headers": Attack(
        "what browsers are told by every answer, and pages of other origins at both doors",
        "each tells them to trust little, and one list says who may call and connect",
        ("api/test_headers.py", "rooms/test_connecting.py"),
    ),
    "keys": Attack(
        "keys from other addresses, with other scopes, after their end; forged X-Forwarded-For and Forwarded",
        "none opens what it was not made for, and only the house's own proxies say who asks",
        ("api/test_keys.py", "rooms/test_keys.py", "limits/test_addresses.py"),
    ),
    "audit": Attack(
        "an audit that is changed, by the hub and by somebody with all rights",
        "the database refuses the one, and the chain shows the other",
        ("store/test_audit.py", "api/test_audit.py"),
    ),
    "uploads": Attack(
        "pictures that are something else besides, say they are larger than anything, or end before their end",
        "nothing is kept as it was sent, and none takes more than 64 MiB",
        ("security/test_uploads.py", "api/test_avatars.py"),
    ),
    "vouching": Attack(
        "sign-ins by way of a provider that somebody else began, codes shown twice, tokens for others, bent or forged",
        "nobody is let in, and no account is found by an address that either side has not verified",
        ("api/test_vouching.py",),
    ),
}
