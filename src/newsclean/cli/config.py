"""Configuration files: found, read, and checked against the flags of the command.

A key is the long name of a flag without its dashes. What is not for a file to say (one page's address, what to do just
this once) is no key.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from newsclean.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newsclean.rules import Rules
    from newsclean.toml_lines import Place

FILE = "newsclean.toml"
_PROJECT = "pyproject.toml"
_PROJECT_TABLE = ("tool", "newsclean")
_NOT_FOR_FILES = frozenset(
    "config show_config check_rules reason diff check url output explain report now files_from resume overwrite version"
    " help".split()
)
RULE_KEYS = ("phrase", "site", "rules")
"""Keys that hold rules of the user's own, or lead to them; `newsclean.rules` reads them."""


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration file as read.

    path: of the file; None when there is none. table: its keys. lines: of the keys, with the table they stand in.
    """

    path: Path | None = None
    table: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[Place, int] = field(default_factory=dict)

    @property
    def has_rules(self) -> bool:
        """Whether it holds rules, or leads to some."""
        return any(key in self.table for key in RULE_KEYS)

    @property
    def files(self) -> tuple[str, ...]:
        """The file, and those with rules that it names."""
        if self.path is None:
            return ()
        return (str(self.path), *(str(self.path.parent / name) for name in self.table.get("rules", ())))

    def where(self, *keys: str | int) -> str:
        """The file and line of a key, for messages."""
        line = self.lines.get(keys)
        return f"{self.path}:{line}" if line else str(self.path)


def load_config(path: str | None, start: Path | None) -> Config:
    """Read a configuration file: the one named, or the nearest one from `start` upwards, or none.

    start: a folder, or None where nobody is to look for one.

    Raises UsageError when it cannot be read or is no TOML.
    """
    if path is not None:
        return _read(Path(path), named=True)
    for folder in () if start is None else (start, *start.parents):
        for name in (FILE, _PROJECT):
            if os.path.isfile(folder / name):  # noqa: PTH113  (False, not an error, in a folder closed to us)
                config = _read(folder / name, named=False)
                if config.path is not None:
                    return config
    return Config()


def _read(path: Path, *, named: bool) -> Config:
    """Read a file; a project file without a table of ours is no configuration, unless it was named."""
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} is no UTF-8 text; TOML files are") from None
    in_project = path.name == _PROJECT
    if in_project and not named and "newsclean" not in text:
        return Config()
    import tomllib  # noqa: PLC0415  (needed by those who have a configuration)

    from newsclean.toml_lines import toml_lines  # noqa: PLC0415

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is no TOML: {error}") from None
    lines: Mapping[Place, int] = toml_lines(text)
    if in_project:
        tool = table.get("tool", {})
        ours = tool.get("newsclean") if isinstance(tool, dict) else None
        if not isinstance(ours, dict):
            return Config(path) if named else Config()
        table = ours
        depth = len(_PROJECT_TABLE)
        lines = {place[depth:]: line for place, line in lines.items() if place[:depth] == _PROJECT_TABLE}
    return Config(path, table, lines)


def defaults_of(config: Config, command: click.Command) -> dict[str, Any]:
    """The values of a configuration by the names that click gives the parameters.

    Raises UsageError at the first key that is unknown or has a value that its flag would not take.
    """
    flags = {key: option for option, key in _settable(command)}
    values: dict[str, Any] = {}
    for key, value in config.table.items():
        if key in RULE_KEYS:
            continue
        option = flags.get(key)
        if option is None:
            raise UsageError(f"{config.where(key)}: {_misplaced(key, command, [*flags, *RULE_KEYS])}")
        try:
            values[str(option.name)] = _checked(value, option)
        except click.BadParameter as error:
            raise UsageError(f"{config.where(key)}: {key}: {error.message}") from None
    return values


def _misplaced(key: str, command: click.Command, known: Sequence[str]) -> str:
    """Why there is no such key, and what would say what was meant."""
    if key == _PROJECT_TABLE[0]:
        return f"[{'.'.join(_PROJECT_TABLE)}] is a table of {_PROJECT}; here its keys stand at the top"
    for option in command.params:
        if not isinstance(option, click.Option):
            continue
        if f"--{key}" in option.secondary_opts:
            return f"unknown key {key!r}; write {_long(option)} = false"
        if f"--{key}" in option.opts:
            if _is_value(option):
                return f"unknown key {key!r}; write {option.name} = {_as_toml(option.flag_value)}"
            return f"{key!r} is said for one run alone, on the command line"
    return f"unknown key {key!r}{nearest(key, known)}"


def nearest(word: str, known: Sequence[str]) -> str:
    """A clause that names the known word nearest to a wrong one, or all of them where none is near."""
    import difflib  # noqa: PLC0415  (needed by mistakes alone)

    near = difflib.get_close_matches(word.replace("_", "-"), known, n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(sorted(known))}"


def shown_config(config: Config, ctx: click.Context, rules: Rules) -> str:
    """What holds, as TOML, each value with where it came from. rules: that the configuration leads to."""
    lines = [f"# {config.path or 'no configuration file'}"]
    for option, key in _settable(ctx.command):
        source = ctx.get_parameter_source(str(option.name))
        where = config.where(key)
        if source is ParameterSource.ENVIRONMENT:
            where = f"environment, {variable_of(option)}"
        elif source is not None and source is not ParameterSource.DEFAULT_MAP:
            where = "command line" if source is ParameterSource.COMMANDLINE else "default"
        value = ctx.params.get(str(option.name))
        if value is None:
            lines.append(f"# {key} is not set")
        else:
            lines.append(f"{key} = {_as_toml(value)}  # {where}")
    if "rules" in config.table:
        lines.append(f"rules = {_as_toml(config.table['rules'])}  # {config.where('rules')}")
    if rules:
        lines.append(f"# rules in force: {len(rules.phrases)} for phrases, {len(rules.sites)} for sites")
    return "\n".join(lines) + "\n"


def variable_of(option: click.Parameter) -> str:
    """The environment variable that sets an option."""
    return str(option.envvar or f"NEWSCLEAN_{option.name}".upper())


def _settable(command: click.Command) -> Iterator[tuple[click.Option, str]]:
    """The options that a file may set, with their keys there."""
    seen: set[str | None] = set()
    for option in command.params:
        if isinstance(option, click.Option) and option.name not in _NOT_FOR_FILES | seen:
            seen.add(option.name)
            yield option, str(option.name) if _is_value(option) else _long(option)


def _is_value(option: click.Option) -> bool:
    """Whether a flag is a value of a parameter; such flags share a key."""
    return option.is_flag and not option.is_bool_flag


def _long(option: click.Option) -> str:
    return next(name for name in option.opts if name.startswith("--")).removeprefix("--")


def _checked(value: object, option: click.Option) -> object:
    """The value, if the flag would take it: TOML has types, so a quoted number or flag is a mistake."""
    if option.multiple:
        if not isinstance(value, list):
            raise click.BadParameter(f"{_as_toml(value)} is no list; write [{_as_toml(value)}]")
        return [_single(item, option) for item in value]
    return _single(value, option)


def _single(value: object, option: click.Option) -> object:
    kind = option.type
    if option.is_bool_flag:
        expected: tuple[type, ...] = (bool,)
    elif isinstance(kind, click.types.IntParamType):
        expected = (int,)
    elif isinstance(kind, click.types.FloatParamType):
        expected = (int, float)
    else:
        expected = (str,)
    if not isinstance(value, expected) or (isinstance(value, bool) and bool not in expected):
        name = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}[expected[-1]]
        raise click.BadParameter(f"{_as_toml(value)} is not {name}")
    return kind.convert(value, option, None)


def _as_toml(value: object) -> str:
    if isinstance(value, tuple | list):
        return f"[{', '.join(_as_toml(item) for item in value)}]"
    return json.dumps(value, ensure_ascii=False, default=str)
