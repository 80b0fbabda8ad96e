"""The house's form: what files are called, how long they are, and what stands in none of them."""

import ast
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tests.whole.project import CODE, ROOT, files, named, python_files, text_files, tree

LINES_MAX = 450
POLL_SECONDS_MAX = 0.05
WORDS_OF_A_RULE_MIN = 3
NAMES_OF_NOTHING = re.compile(r"(^|_)(utils?|helpers?|common|managers?|handlers?|processors?|misc|base)(_|$)")
# In a restaurant a manager is a person, and a person may be needed.
CLASSES_OF_NOTHING = re.compile(r"(Utils?|Helper|(?<!Needs)Manager|Handler|Processor|Impl)$")
LEFT_FOR_LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
SILENCED_WHOLESALE = re.compile(r"type:\s*ignore(?!\[)|noqa(?!:)")

# Where the environment becomes settings, or tells a process which one it is.
READ_THE_ENVIRONMENT = {
    "hub/config.py", "hub/__main__.py", "hub/console.py", "hub/workers.py", "hub/serving.py", "hub/up.py",
}  # fmt: skip

# Put together here, so that this file does not name what no file may name.
REGISTRIES = {"pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org", "registry.yarn" + "pkg.com"}
# A user is asked for as `/users/me`, and nobody is called so.
SOMEBODYS_FOLDER = re.compile(r"(?<![\w.~/-])/(?:work|home|Users)/(?!me\b)[a-z]\w*", re.IGNORECASE)

PYTHON = python_files()
OURS = python_files(*CODE)
TESTS = python_files("tests")
DOCUMENTS = [path for path in files() if path.suffix == ".md"]


def test_there_are_files_to_look_at() -> None:
    assert len(OURS) > 60
    assert len(TESTS) > 20


def test_a_module_is_called_after_something_of_the_restaurant() -> None:
    words = {named(path): (*path.relative_to(ROOT).parts[:-1], path.stem) for path in PYTHON}

    assert [name for name, parts in words.items() if any(NAMES_OF_NOTHING.search(part) for part in parts)] == []


def test_a_class_is_called_after_something_of_the_restaurant() -> None:
    classes = [
        (named(path), one.name) for path in OURS for one in ast.walk(tree(path)) if isinstance(one, ast.ClassDef)
    ]

    assert [one for one in classes if CLASSES_OF_NOTHING.search(one[1])] == []


def test_a_module_says_first_what_it_is_for() -> None:
    silent = [named(path) for path in PYTHON if tree(path).body and not ast.get_docstring(tree(path))]

    assert silent == []


def test_a_module_can_be_read_without_scrolling_far() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in PYTHON}

    assert {name: length for name, length in lengths.items() if length > LINES_MAX} == {}


def test_nothing_is_left_for_later_and_nothing_silenced_wholesale() -> None:
    found = [
        f"{named(path)}:{number} {comment}"
        for path in PYTHON
        if _is_among(path, LEFT_FOR_LATER, SILENCED_WHOLESALE)
        for number, comment in _comments(path)
        if LEFT_FOR_LATER.search(comment) or SILENCED_WHOLESALE.search(comment)
    ]

    assert found == []


def _is_among(path: Path, *patterns: re.Pattern[str]) -> bool:
    """Whether one of them is anywhere in the file: reading it word by word takes a hundred times as long."""
    text = path.read_text(encoding="utf-8")
    return any(pattern.search(text) for pattern in patterns)


def _comments(path: Path) -> Iterator[tuple[int, str]]:
    with tokenize.open(path) as source:
        for token in tokenize.generate_tokens(source.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def test_settings_are_read_in_one_place() -> None:
    reading = {
        named(path)
        for path in OURS
        for one in ast.walk(tree(path))
        if isinstance(one, ast.Attribute) and one.attr in ("environ", "getenv", "environb")
    }

    assert reading - READ_THE_ENVIRONMENT == set()


# ------------------------------------------------------------------ tests


def test_no_test_sleeps() -> None:
    """Tests wait for an event. One may yield (`sleep(0)`), poll what announces itself to nobody, or live in a time of
    its own, where nothing takes long (`in_no_time`). The fault harness is no test: it plays evenings, and they pass."""
    tests = [path for path in TESTS if "chaos" not in path.parts or path.name.startswith("test_")]
    sleeping = [f"{named(path)}:{line}" for path in tests for line in _sleeps(path) if not _has_a_time_of_its_own(path)]

    assert sleeping == []


def _has_a_time_of_its_own(path: Path) -> bool:
    return any(
        (isinstance(one, ast.Name) and one.id == "in_no_time")
        or (isinstance(one, ast.FunctionDef) and one.name == "in_no_time")
        for one in ast.walk(tree(path))
    )


def _sleeps(path: Path) -> Iterator[int]:
    if not _is_among(path, re.compile("sleep")):
        return
    polls = {id(call) for loop in ast.walk(tree(path)) if isinstance(loop, ast.While) for call in ast.walk(loop)}
    for call in ast.walk(tree(path)):
        if isinstance(call, ast.Call) and _is_sleep(call):
            said = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
            seconds = said if isinstance(said, int | float) else POLL_SECONDS_MAX
            if seconds != 0 and not (id(call) in polls and seconds <= POLL_SECONDS_MAX):
                yield call.lineno


def _is_sleep(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name == "sleep" and bool(call.args)


def test_a_test_is_called_as_a_rule() -> None:
    names = [
        f"{named(path)}: {one.name}"
        for path in TESTS
        for one in ast.walk(tree(path))
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name.startswith("test")
    ]

    assert [name for name in names if name.count("_") < WORDS_OF_A_RULE_MIN + name.split(": ")[0].count("_")] == []


# ------------------------------------------------------------------ everything


def test_no_file_names_a_registry_or_somebodys_folder() -> None:
    forbidden = REGISTRIES | _configured_hosts()
    for path, text in text_files():
        found = [host for host in forbidden if host in text]
        assert not found, f"{named(path)} names {found}."
        where = SOMEBODYS_FOLDER.search(text)
        assert where is None, f"{named(path)} names {where.group()}."


def _configured_hosts() -> set[str]:
    """The hosts that this machine fetches packages from, as far as it says."""
    hosts = set()
    for command in (["pip3", "config", "list"], ["npm", "config", "get", "registry"]):
        try:
            said = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False).stdout
        except (OSError, subprocess.TimeoutExpired):
            continue
        hosts |= {urlsplit(url).hostname or "" for url in re.findall(r"https?://[^\s'\"]+", said)}
    return {host for host in hosts if "." in host}


def test_no_file_is_huge_or_binary_by_accident() -> None:
    large = [named(path) for path in files() if path.stat().st_size > 1_000_000]

    assert large == []


def test_a_document_leads_only_to_files_that_are_there() -> None:
    for path in DOCUMENTS:
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:|#", link)]
        missing = [link for link in links if not (path.parent / link.split("#")[0]).exists()]
        assert missing == [], named(path)


def test_documents_name_only_what_make_makes() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    for path in DOCUMENTS:
        named_there = set(re.findall(r"`make ([a-z]+)", path.read_text(encoding="utf-8")))
        assert named_there <= targets, f"{named(path)} names {sorted(named_there - targets)}."
