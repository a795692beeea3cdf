"""Frozen dataclasses with slots at a quarter of the cost to define, which a start does sixty times, and half to make.

`dataclasses` writes six methods of every class as source and compiles them. Here the constructor alone is written so,
and it fills the slots directly; all else is the same few functions for every class. What comes out is a dataclass:
`fields`, `replace`, `asdict`, pickle, comparison and hash are as ever.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    # to a type checker it is the one of the standard library
    from dataclasses import dataclass

__all__ = ["dataclass"]

_Noun = TypeVar("_Noun")
_UNSAID: Any = object()
"""Stands for an argument that was not given and whose default is made anew each time."""

if not TYPE_CHECKING:

    def dataclass(*, frozen: bool, slots: bool, kw_only: bool = False) -> Callable[[type[_Noun]], type[_Noun]]:
        """Make a class a dataclass like `dataclasses.dataclass` with the same arguments; no base may be one.

        Raises TypeError unless it is to be frozen and to have slots.
        """
        if not (frozen and slots):
            raise TypeError("a noun is frozen and has slots; dataclasses.dataclass makes others")
        return lambda cls: _made(cls, kw_only=kw_only)


def _made(cls: type[_Noun], *, kw_only: bool) -> type[_Noun]:
    bare: Callable[[type[_Noun]], Any] = dataclasses.dataclass(
        init=False, repr=False, eq=False, slots=True, kw_only=kw_only
    )
    noun = bare(cls)
    noun.__dataclass_params__.frozen = True
    values = _reader(tuple(noun.__dataclass_fields__))

    def same(self: Any, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    noun.__init__ = _constructor(noun)
    noun.__repr__, noun.__eq__, noun.__hash__ = _repr, same, lambda self: hash(values(self))
    noun.__setattr__, noun.__delattr__ = _refuse_to_set, _refuse_to_delete
    noun.__getstate__, noun.__setstate__ = _values, _set_values
    return noun  # type: ignore[no-any-return]


def _reader(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of these attributes; of one alone `attrgetter` gives no tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple([getattr(self, name) for name in names])


def _constructor(noun: Any) -> Callable[..., None]:
    """Write the constructor, which puts every argument into its slot."""
    known: dict[str, Any] = {"_unsaid": _UNSAID}
    parameters: list[str] = []
    statements: list[str] = []
    keywords: list[str] = []
    for field in dataclasses.fields(noun):
        name = field.name
        known[f"_put_{name}"] = getattr(noun, name).__set__
        value, default = name, ""
        if field.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = field.default
            default = f"=_default_{name}"
        elif field.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = field.default_factory
            default = "=_unsaid"
            value = f"_make_{name}() if {name} is _unsaid else {name}"
        (keywords if field.kw_only else parameters).append(f"{name}{default}")
        statements.append(f" _put_{name}(self, {value})")
    if hasattr(noun, "__post_init__"):
        statements.append(" self.__post_init__()")
    star = ["*", *keywords] if keywords else []
    source = f"def __init__({', '.join(['self', *parameters, *star])}):\n" + "\n".join(statements or [" pass"])
    exec(source, known)  # noqa: S102  (names of fields alone go into it, and Python takes no others)
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{noun.__qualname__}.__init__"
    made.__annotations__ = {field.name: field.type for field in dataclasses.fields(noun)} | {"return": None}
    return made


def _values(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__dataclass_fields__])


def _set_values(self: Any, values: tuple[Any, ...]) -> None:
    for name, value in zip(self.__dataclass_fields__, values, strict=True):
        object.__setattr__(self, name, value)


def _repr(self: Any) -> str:
    shown = ", ".join([f"{name}={getattr(self, name)!r}" for name in self.__dataclass_fields__])
    return f"{self.__class__.__qualname__}({shown})"


def _refuse_to_set(self: Any, name: str, value: object) -> NoReturn:  # noqa: ARG001
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> NoReturn:  # noqa: ARG001
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
