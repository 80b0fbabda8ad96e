"""Which refusals something can come to, read from its code and from the code that it calls: for documents.

It names too many rather than too few. Whatever a function names of refusals is taken for raised; a call `x.bump(…)`,
whose `x` nobody knows here, is taken for every method of that name at the classes that its module knows, or else
anywhere in what is followed. That no deed comes to another one is seen to by the tests of every deed.

Not its business: what a refusal is on the wire.
"""

import ast
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import FunctionType, ModuleType
from typing import Any

from hub.actions import DEEDS
from hub.actions.deed import Deeds
from hub.actions.identity import Identities
from hub.commands import Command
from hub.domain.refusals import DatabaseBusy, DatabaseUnavailable, Refused

FOLLOWED = ("hub.domain", "hub.actions", "hub.tokens", "hub.outside", "hub.pictures")
"""Code that decides. What is asked of the database comes to the same, whatever it is."""
CLAIMS = "hub.store.asked"

Refusals = frozenset[type[Refused]]


OF_DATABASE: Refusals = frozenset({DatabaseBusy, DatabaseUnavailable})
"""What may become of anything that is asked of the database."""


@cache
def of_asking(command: type[Command]) -> Refusals:
    """What somebody whom the hub knows may be told who asks this."""
    return of(DEEDS[command].act) | of_deeds()


@cache
def of_deeds() -> Refusals:
    """What may become of any deed, whatever it is."""
    return of(Deeds.do, followed=(*FOLLOWED, CLAIMS)) | OF_DATABASE


@cache
def of_coming() -> Refusals:
    """What whoever comes with a token, a link or a key may be told, before anything else."""
    return of(Identities.actor) | OF_DATABASE


def of(function: Callable[..., Any], followed: tuple[str, ...] = FOLLOWED) -> Refusals:
    """What this function can come to, and what its own module does for it."""
    decides = (*followed, function.__module__)
    found: set[type[Refused]] = set()
    seen: set[FunctionType] = set()
    waiting = [_plain(function)]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        for thing in _named_in(one):
            if _is_refusal(thing):
                found.add(thing)
            elif isinstance(thing, FunctionType) and thing.__module__.startswith(decides):
                waiting.append(thing)
    return frozenset(found)


@cache
def _named_in(function: FunctionType) -> tuple[Any, ...]:
    """All that a function's code names that is somewhere in its module, and methods that it may call."""
    return tuple(_names(function))


def _names(function: FunctionType) -> Iterator[Any]:
    own, known = set(function.__code__.co_varnames), function.__globals__
    code = function.__code__
    # What has no name of its own stands within something that has, and was read with that.
    read = _functions_in(code.co_filename).get(code.co_firstlineno)
    for node in () if read is None else ast.walk(read):
        match node:
            case ast.Name(id=name) if name not in own and name in known:
                yield from _within(known[name])
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name not in own and name in known:
                if isinstance(known[name], ModuleType):
                    yield from _within(getattr(known[name], attribute, None))
                elif isinstance(known[name], type):
                    yield from _method(known[name], attribute)
            case ast.Call(func=ast.Attribute(attr=attribute)) | ast.Assign(value=ast.Attribute(attr=attribute)):
                yield from _methods(attribute, known)


@cache
def _functions_in(file: str) -> dict[int, ast.AST]:
    """The functions of a module, by the line with which each begins."""
    nodes = ast.walk(ast.parse(Path(file).read_text(encoding="utf-8")))
    functions = (one for one in nodes if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
    return {min(part.lineno for part in (one, *one.decorator_list)): one for one in functions}


def _within(thing: Any) -> Iterator[Any]:
    """The thing, or what a table of things holds."""
    if isinstance(thing, Mapping):
        yield from thing.values()
    elif isinstance(thing, tuple | frozenset):
        yield from thing
    else:
        yield thing


def _methods(name: str, known: Mapping[str, Any]) -> Iterator[FunctionType]:
    classes = [one for one in known.values() if isinstance(one, type)]
    yield from [method for one in classes for method in _method(one, name)] or _anywhere(name)


@cache
def _anywhere(name: str) -> tuple[FunctionType, ...]:
    return tuple(method for one in _classes() for method in _method(one, name))


def _method(owner: type, name: str) -> Iterator[FunctionType]:
    # Those that a dataclass makes of itself are in no file.
    # A protocol decides nothing: whoever keeps to it does.
    is_protocol = getattr(owner, "_is_protocol", False)
    if owner.__module__.startswith("hub.") and not is_protocol and not name.startswith("__"):
        method = getattr(owner, name, None)
        if (inspect.isfunction(method) or inspect.ismethod(method)) and method.__module__.startswith("hub."):
            yield _plain(method)


@cache
def _classes() -> tuple[type, ...]:
    """Of everything that decides: what a name means is decided by classes that nobody may have needed so far."""
    for name in FOLLOWED:
        package = import_module(name)
        for found in walk_packages(getattr(package, "__path__", ()), f"{name}."):
            import_module(found.name)
    modules = [module for name, module in sys.modules.items() if name.startswith(FOLLOWED)]
    # A class is known to many modules.
    known = dict.fromkeys(one for module in modules for one in vars(module).values() if isinstance(one, type))
    return tuple(one for one in known if one.__module__.startswith("hub."))


def _plain(function: Callable[..., Any]) -> FunctionType:
    plain = inspect.unwrap(getattr(function, "__func__", function))
    assert isinstance(plain, FunctionType), f"{function!r} is not made of code that can be read."
    return plain


def _is_refusal(thing: Any) -> bool:
    return isinstance(thing, type) and issubclass(thing, Refused) and thing is not Refused
