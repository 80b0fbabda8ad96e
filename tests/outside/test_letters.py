"""Every mail is written whole in every language, and whatever it is told stays text."""

import json
import string
from itertools import product
from pathlib import Path

import pytest

from hub.jobs import LANGUAGES, MailTemplate, SendMail
from hub.jobs.mail import FACTS
from hub.outside import letters
from tests.whole.project import ROOT

TOLD = {
    "link": "https://brigade.example/reset?token=a&b='c\"",
    "hours": "24",
    "days": "7",
    "restaurant": "<b>The Ladle</b> & Sons",
    "minutes": "60",
    "at": "2026-11-24T09:15:00+02:00",
    "device": "<script>alert('Firefox')</script> on Linux",
    "address": "2001:db8::1",
}
WORDS = {one: json.loads((letters.FOLDER / "words" / f"{one}.json").read_text("utf-8")) for one in LANGUAGES}


def a_mail(template: MailTemplate, language: str = "en") -> SendMail:
    facts = {name: TOLD[name] for name in FACTS[template]}
    return SendMail(template=template, to="rosa@example.com", language=language, facts=facts)


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_mail_is_written_in_every_language_that_the_screens_have() -> None:
    screens = ROOT / "dashboards" / "screens" / "src" / "house" / "words"
    assert {path.stem for path in screens.glob("*.json")} == set(LANGUAGES)
    assert {path.stem for path in Path(letters.FOLDER / "words").iterdir()} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_of_every_mail(language: str) -> None:
    words, first = WORDS[language], WORDS[LANGUAGES[0]]
    assert set(words) == set(MailTemplate) | {letters.EVERY_LETTER}
    for name, says in words.items():
        assert says.keys() == first[name].keys()
        assert all(says.values())
        told = FACTS[MailTemplate(name)] - {"link"} if name in FACTS else set()
        assert set().union(*map(names_in, says.values())) == told, f"{language}: {name}"


@pytest.mark.parametrize(("template", "language"), list(product(MailTemplate, LANGUAGES)))
def test_a_mail_leads_where_it_should_as_text_and_as_html(template: MailTemplate, language: str) -> None:
    mail = a_mail(template, language)
    letter = letters.letter(mail)
    assert (letter.to, letter.language) == ("rosa@example.com", language)
    assert f"\n{TOLD['link']}\n" in letter.text
    assert 'href="https://brigade.example/reset?token=a&amp;b=&#39;c&#34;"' in letter.html
    assert f'lang="{language}"' in letter.html
    assert letter.subject == WORDS[language][template]["subject"]
    assert "{" not in letter.text


def test_what_a_mail_is_told_never_becomes_markup() -> None:
    letter = letters.letter(a_mail(MailTemplate.NEW_DEVICE))
    assert "<script>" not in letter.html
    assert "&lt;script&gt;alert(&#39;Firefox&#39;)&lt;/script&gt;" in letter.html
    assert "<script>alert('Firefox')</script> on Linux" in letter.text


def test_a_mail_tells_the_time_in_utc_and_says_so() -> None:
    assert "2026-11-24 07:15 UTC" in letters.letter(a_mail(MailTemplate.PASSWORD_CHANGED)).text


def test_who_speaks_another_language_is_written_to_in_the_first() -> None:
    assert letters.letter(a_mail(MailTemplate.RESET, "tlh")).language == LANGUAGES[0]
