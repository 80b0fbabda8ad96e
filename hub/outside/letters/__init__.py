"""What the house writes: each mail as text and as HTML, in every language that the screens have.

What a mail says stands in `words`, one file for each language; `letter.html` is how all of them look. Whatever a mail
is told is text and stays text: nothing in it can become markup. Not its business: sending (`hub.outside.mail`).
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from hub.jobs import LANGUAGES, SendMail
from hub.outside.mail import Letter

FOLDER = Path(__file__).parent
EVERY_LETTER = "every_letter"


def letter(mail: SendMail) -> Letter:
    """The mail as it is sent, in its language, or in the first of ours where we do not speak that."""
    language = mail.language if mail.language in LANGUAGES else LANGUAGES[0]
    words = _words(language)
    facts = _as_read(mail.facts)
    says = {name: text.format_map(facts) for name, text in words[mail.template].items()}
    says |= words[EVERY_LETTER]
    link = mail.facts["link"]
    return Letter(
        to=mail.to,
        subject=says["subject"],
        text="\n\n".join([says["lead"], f"{says['button']}:\n{link}", says["after"], "-- \n" + says["sender"]]) + "\n",
        html=_page().render(says=says, link=link, language=language),
        language=language,
    )


def _as_read(facts: Mapping[str, str]) -> Mapping[str, str]:
    """The facts as a person reads them: a moment in the house's own time, which is UTC."""
    if "at" not in facts:
        return facts
    return {**facts, "at": f"{datetime.fromisoformat(facts['at']).astimezone(UTC):%Y-%m-%d %H:%M} UTC"}


@cache
def _words(language: str) -> Mapping[str, Mapping[str, str]]:
    words: Mapping[str, Mapping[str, str]] = json.loads((FOLDER / "words" / f"{language}.json").read_text("utf-8"))
    return words


@cache
def _page() -> Template:
    # Loaded when the first letter is written: a hub that writes none has no use for it.
    writing = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    return writing.get_template("letter.html")
