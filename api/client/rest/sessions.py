"""What can be asked of a hub at its addresses: sessions.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.client.door import Door
    from api.client.shapes.answers import SessionsEndedAnswer
    from api.client.shapes.passkeys import (
        AskedToMake,
        AskedToShow,
        Knocking,
        MadePasskey,
        Passkey,
        PasskeyRemovedAnswer,
        Passkeys,
        PasskeysHere,
        ProvenFor,
        RestRemovePasskey,
        ShownPasskey,
    )
    from api.client.shapes.pins import NewPin, OwnPin, PinSet, RemovePin, TappedPin
    from api.client.shapes.second_factors import Confirmed, Enrolment, FirstCode, Proven, RecoveryCodes, SecondFactor
    from api.client.shapes.sessions import (
        Credentials,
        LogOut,
        LogOutEverywhere,
        RefreshToken,
        RestEndSession,
        Sessions,
        SignedIn,
        Valid,
    )
    from api.client.shapes.vouching import (
        CameBack,
        Departure,
        Links,
        ProviderName,
        Providers,
        RestUnlinkAccount,
        SentThere,
        UnlinkedAnswer,
    )
    from api.client.shapes.welcome import Visit


class OfSessions:
    """Signing in and out, and going on with the next token."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def sign_in(self, body: Credentials) -> SignedIn:
        """Begin a session, with the right email and password, and the second factor's code where there is one."""
        answer: SignedIn = await self._door.send("POST", "/auth/login", body=body)
        return answer

    async def sign_in_to_demo(self, body: Visit) -> SignedIn:
        """Begin a session without a password, where the hub is a demo."""
        answer: SignedIn = await self._door.send("POST", "/auth/demo", body=body)
        return answer

    async def tap(self, body: TappedPin) -> SignedIn:
        """Begin a session at a kitchen tablet, with the PIN of whoever stands there."""
        answer: SignedIn = await self._door.send("POST", "/auth/pin", body=body)
        return answer

    async def refresh(self, body: RefreshToken) -> SignedIn:
        """Let a session go on: the next tokens for a refresh token, which is good once."""
        answer: SignedIn = await self._door.send("POST", "/auth/refresh", body=body)
        return answer

    async def providers(self) -> Providers:
        """Who can vouch for whoever signs in at this hub."""
        answer: Providers = await self._door.send("GET", "/auth/providers")
        return answer

    async def begin_with_google(self, body: Departure | None = None) -> SentThere:
        """Begin to sign in with an account of Google."""
        answer: SentThere = await self._door.send("POST", "/auth/google/begin", body=body)
        return answer

    async def finish_with_google(self, body: CameBack) -> SignedIn:
        """Begin a session with what Google sent somebody back with."""
        answer: SignedIn = await self._door.send("POST", "/auth/google/finish", body=body)
        return answer

    async def begin_with_facebook(self, body: Departure | None = None) -> SentThere:
        """Begin to sign in with an account of Facebook."""
        answer: SentThere = await self._door.send("POST", "/auth/facebook/begin", body=body)
        return answer

    async def finish_with_facebook(self, body: CameBack) -> SignedIn:
        """Begin a session with what Facebook sent somebody back with."""
        answer: SignedIn = await self._door.send("POST", "/auth/facebook/finish", body=body)
        return answer

    async def passkeys_here(self) -> PasskeysHere:
        """Where passkeys can be made and shown for this hub."""
        answer: PasskeysHere = await self._door.send("GET", "/auth/passkeys")
        return answer

    async def begin_with_passkey(self, body: Knocking | None = None) -> AskedToShow:
        """Begin to sign in with a passkey."""
        answer: AskedToShow = await self._door.send("POST", "/auth/passkeys/begin", body=body)
        return answer

    async def finish_with_passkey(self, body: ShownPasskey) -> SignedIn:
        """Begin a session with a passkey, which is both factors."""
        answer: SignedIn = await self._door.send("POST", "/auth/passkeys/finish", body=body)
        return answer

    async def show_sessions_validate(self) -> Valid:
        """Whether a token opens anything, and whose it is."""
        answer: Valid = await self._door.send("GET", "/auth/validate")
        return answer

    async def log_out(self, body: LogOut | None = None, *, key: str | None = None) -> SessionsEndedAnswer:
        """End the session that this is asked in. Its tokens open nothing any more, and its sockets close."""
        answer: SessionsEndedAnswer = await self._door.send("POST", "/auth/logout", body=body, key=key)
        return answer

    async def log_out_everywhere(
        self, body: LogOutEverywhere | None = None, *, key: str | None = None
    ) -> SessionsEndedAnswer:
        """End all of one's sessions, this one too."""
        answer: SessionsEndedAnswer = await self._door.send("POST", "/auth/logout-everywhere", body=body, key=key)
        return answer

    async def show_sessions_mine(self) -> Sessions:
        """Where one is signed in, the session used last first. A guest has none."""
        answer: Sessions = await self._door.send("GET", "/me/sessions")
        return answer

    async def end_session(
        self, session_id: str, body: RestEndSession | None = None, *, key: str | None = None
    ) -> SessionsEndedAnswer:
        """End one of one's own sessions, such as that of a telephone that was lost."""
        answer: SessionsEndedAnswer = await self._door.send(
            "DELETE", "/me/sessions/{sessionId}", {"sessionId": session_id}, body=body, key=key
        )
        return answer

    async def show_vouching_mine(self) -> Links:
        """Which accounts elsewhere open one's own."""
        answer: Links = await self._door.send("GET", "/me/links")
        return answer

    async def unlink_account(
        self, provider: ProviderName, body: RestUnlinkAccount | None = None, *, key: str | None = None
    ) -> UnlinkedAnswer:
        """Let one's account elsewhere open this one no more. Whoever has no password yet chooses one by mail."""
        answer: UnlinkedAnswer = await self._door.send(
            "DELETE", "/me/links/{provider}", {"provider": provider}, body=body, key=key
        )
        return answer

    async def show_second_factors_show(self) -> SecondFactor:
        """Whether one's second factor is on."""
        answer: SecondFactor = await self._door.send("GET", "/me/totp")
        return answer

    async def begin_second_factor(self, body: Confirmed) -> Enrolment:
        """Begin with a second factor: a secret for one's telephone. It is on once its first code is shown."""
        answer: Enrolment = await self._door.send("POST", "/me/totp", body=body)
        return answer

    async def switch_off_second_factor(self, body: Proven) -> SecondFactor:
        """Switch the second factor off."""
        answer: SecondFactor = await self._door.send("DELETE", "/me/totp", body=body)
        return answer

    async def confirm_second_factor(self, body: FirstCode) -> RecoveryCodes:
        """Switch the second factor on, with the first code that the telephone shows."""
        answer: RecoveryCodes = await self._door.send("POST", "/me/totp/confirm", body=body)
        return answer

    async def renew_recovery_codes(self, body: Proven) -> RecoveryCodes:
        """Other recovery codes, in place of all that there were."""
        answer: RecoveryCodes = await self._door.send("POST", "/me/totp/recovery-codes", body=body)
        return answer

    async def show_passkeys_mine(self) -> Passkeys:
        """One's own passkeys."""
        answer: Passkeys = await self._door.send("GET", "/me/passkeys")
        return answer

    async def add_passkey(self, body: MadePasskey) -> Passkey:
        """Add a passkey that a device has made."""
        answer: Passkey = await self._door.send("POST", "/me/passkeys", body=body)
        return answer

    async def begin_passkey(self, body: ProvenFor) -> AskedToMake:
        """Begin with a new passkey: what to have it made with."""
        answer: AskedToMake = await self._door.send("POST", "/me/new-passkey", body=body)
        return answer

    async def remove_passkey(
        self, passkey_id: str, body: RestRemovePasskey | None = None, *, key: str | None = None
    ) -> PasskeyRemovedAnswer:
        """Let a passkey of one's own open nothing here any more, such as one on a telephone that was lost."""
        answer: PasskeyRemovedAnswer = await self._door.send(
            "DELETE", "/me/passkeys/{passkeyId}", {"passkeyId": passkey_id}, body=body, key=key
        )
        return answer

    async def show_pins_mine(self) -> OwnPin:
        """Whether one has a PIN, and since when. Which one it is, nobody is told."""
        answer: OwnPin = await self._door.send("GET", "/me/pin")
        return answer

    async def set_pin(self, body: NewPin) -> PinSet:
        """Set one's PIN, for every kitchen tablet. Whoever is at one with the PIN before is signed out."""
        answer: PinSet = await self._door.send("PUT", "/me/pin", body=body)
        return answer

    async def remove_pin(self, body: RemovePin | None = None, *, key: str | None = None) -> SessionsEndedAnswer:
        """Have no PIN any more. Whoever is at a kitchen tablet with it is signed out."""
        answer: SessionsEndedAnswer = await self._door.send("DELETE", "/me/pin", body=body, key=key)
        return answer
