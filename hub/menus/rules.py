"""Which station makes an item, and under which heading it stands: an ordered list of patterns, the first that fits.

The list is a TOML file. One comes with Brigade (`rules.toml`), for a menu as an Indian takeaway has it; whoever has
another kitchen copies it and changes it. Not its business: prices, and what is on the menu already.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hub.commands.command import COURSES_MAX, NAME_LENGTH_MAX
from hub.commands.menu import PREP_SECONDS_MAX

DEFAULT_RULES = Path(__file__).with_name("rules.toml")
RULES_MAX = 500
PATTERN_LENGTH_MAX = 2_000


class WrongMenu(ValueError):
    """A menu or its rules cannot be read; the message says where and why, for whoever wrote them."""


class Rule(BaseModel):
    """Items whose name fits the pattern, in any case, are made at this station, in so many seconds.

    `course` says when its section is eaten: the menu's sections stand in that order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    pattern: Annotated[str, Field(min_length=1, max_length=PATTERN_LENGTH_MAX)]
    station: Annotated[str, Field(min_length=1, max_length=NAME_LENGTH_MAX)]
    section: Annotated[str, Field(min_length=1, max_length=NAME_LENGTH_MAX)]
    prep_seconds: Annotated[int, Field(ge=0, le=PREP_SECONDS_MAX)]
    course: Annotated[int, Field(ge=1, le=COURSES_MAX)] = 2

    def fits(self, name: str) -> bool:
        return re.search(self.pattern, name, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in their order."""

    rules: tuple[Rule, ...]

    def rule_for(self, name: str) -> Rule | None:
        """The first rule that fits a name."""
        return next((rule for rule in self.rules if rule.fits(name)), None)


def read_rules(path: Path = DEFAULT_RULES) -> Rules:
    """The rules in a TOML file. Raises WrongMenu with the rule that is wrong."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongMenu(f"{path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongMenu(f"{path} is not TOML: {error}.") from None
    listed = found.get("rule")
    if not isinstance(listed, list) or not listed or set(found) != {"rule"}:
        raise WrongMenu(f"{path} must hold [[rule]] tables and nothing else.")
    if len(listed) > RULES_MAX:
        raise WrongMenu(f"{path} holds {len(listed)} rules; {RULES_MAX} are allowed.")
    return Rules(tuple(_rule(one, number) for number, one in enumerate(listed, start=1)))


def _rule(table: dict[str, Any], number: int) -> Rule:
    try:
        rule = Rule.model_validate(table)
        re.compile(rule.pattern)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "it"
        raise WrongMenu(f"Rule {number}: {field} is not right. {first['msg']}.") from None
    except re.error as error:
        raise WrongMenu(f"Rule {number}: the pattern {rule.pattern!r} cannot be used: {error}.") from None
    return rule
