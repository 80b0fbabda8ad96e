"""What each route may say no to, by status and code: read from the code of what it asks, and of who may come.

Not its business: what a no looks like (`api.errors`), and how refusals are found in code (`hub.refusing`).
"""

from collections.abc import Mapping, Sequence

from api import paths
from api.asking import Asks
from api.errors import OWN_CODES, STATUSES
from api.pictures import ShowsPicture, TakesPicture
from api.schemas import Route
from api.showing import Greets, Shows, SignsIn
from api.telling import Confides, Tells
from hub import refusing
from hub.domain.refusals import BadInput, NoSuchThing, NotSignedIn, NotYourJob, Refused
from hub.pictures import Easel

Sentences = Mapping[str, str]

ANYWHERE = ("bad_request", "version_conflict", "version_unknown", "internal")
WITH_BODY = ("too_slow", "too_large")


def at(route: Route) -> Mapping[int, Sentences]:
    """The codes that may be answered there, each with its sentence, by status; besides a wrong address or method."""
    by_status: dict[int, dict[str, str]] = {}
    for code in (*ANYWHERE, *_with_body(route)):
        status, sentence = OWN_CODES[code]
        by_status.setdefault(status.value, {})[code] = sentence
    for refusal in sorted(_refusals(route), key=lambda one: (one.code, one.__qualname__)):
        by_status.setdefault(STATUSES[refusal.kind].value, {})[refusal.code] = sentence_of(refusal)
    return dict(sorted(by_status.items()))


def sentence_of(refusal: type[Refused]) -> str:
    """What it says, with facts in braces. Of several refusals with one code it is what the first of them says."""
    kinds = [one for one in reversed(refusal.__mro__) if issubclass(one, Refused)]
    first = next(one for one in kinds if getattr(one, "code", None) == refusal.code)
    return first.documented()


def _with_body(route: Route) -> Sequence[str]:
    match route:
        case Shows() | ShowsPicture() | Greets():
            return ()
        case TakesPicture():
            return (*WITH_BODY, "no_body")
        case _:
            return (*WITH_BODY, "not_json")


def _refusals(route: Route) -> set[type[Refused]]:
    found: set[type[Refused]] = set() if route.tier is None else {route.tier.refusal, route.tier.refusal_alone}
    match route:
        case Asks():
            found |= {BadInput, NotSignedIn, NoSuchThing} | refusing.of_coming() | refusing.of_asking(route.command)
        case Shows():
            found |= {NotSignedIn} | refusing.of_coming() | refusing.of(route.look)
            if route.query is not None:
                found.add(BadInput)
            if paths.names_in(route.path):
                found |= {NoSuchThing, NotYourJob}
            if route.needs is not None or route.is_at_tablets:
                found.add(NotYourJob)
        case SignsIn():
            found |= {BadInput} | refusing.of(route.sign_in) | refusing.OF_DATABASE
            if route.tried is not None:
                found |= refusing.of(route.tried)
        case Tells():
            found |= {BadInput} | refusing.of(route.hear) | refusing.OF_DATABASE
        case Confides():
            found |= {BadInput, NotSignedIn, NotYourJob} | refusing.of_coming() | refusing.of(route.hear)
        case TakesPicture():
            found |= {NotSignedIn, NotYourJob} | refusing.of_coming() | refusing.of(route.take)
            found |= refusing.of(Easel.place)
        case ShowsPicture():
            found |= {NotSignedIn, NotYourJob, NoSuchThing} | refusing.of_coming() | refusing.of(route.show)
        case Greets():
            pass
    return found
