"""Layering: which module may know which, and what `import newsclean` may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import newsclean

ROOT = Path(newsclean.__file__).parent
MODULES = {
    ".".join(["newsclean", *path.relative_to(ROOT).with_suffix("").parts]).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
}
TERMINAL = ("click", "rich", "newsclean.cli", "newsclean.view", "newsclean.__main__")
ROOMS = ("newsclean.reading", "newsclean.judging", "newsclean.frontmatter", "newsclean.writing")
NOUNS = ("newsclean.model", "newsclean.options", "newsclean.errors")


def imports(path: Path) -> set[str]:
    """Every module that a file imports, wherever in the file, but for type checking alone."""
    names = set()
    for node in walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def walk(node: ast.AST):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING":
            continue
        yield child
        yield from walk(child)


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def offenders(modules: tuple[str, ...], forbidden: tuple[str, ...]) -> list[tuple[str, str]]:
    return [
        (module, name)
        for module, path in MODULES.items()
        if within(module, modules)
        for name in sorted(imports(path))
        if within(name, forbidden)
    ]


@pytest.mark.parametrize(
    ("modules", "forbidden"),
    [
        ((*ROOMS, *NOUNS, "newsclean.pipeline"), (*TERMINAL, "newsclean.batch")),
        (("newsclean.reading",), ROOMS[1:]),
        (("newsclean.judging",), ROOMS[2:]),
        (("newsclean.frontmatter",), ("newsclean.writing",)),
        (("newsclean.writing",), ("newsclean.reading", "newsclean.judging")),
        (("newsclean.errors", "newsclean.options"), ("newsclean.model", *ROOMS)),
        (("newsclean.rules.rule", "newsclean.rules"), (*TERMINAL, "newsclean.batch", "newsclean.judging")),
        (("newsclean.batch",), ("click", "rich", "newsclean.cli")),
        (("newsclean.review",), (*TERMINAL, "newsclean.batch", "newsclean.reading", "newsclean.judging")),
        (("newsclean.view",), ("click", "newsclean.cli", "newsclean.batch.workers.local")),
    ],
)
def test_rooms_do_not_look_into_one_another(modules, forbidden):
    assert offenders(modules, forbidden) == []


def test_the_check_sees_imports():
    assert ("newsclean.cli.command", "click") in offenders(("newsclean.cli",), ("click",))
    assert ("newsclean.view", "rich.console") in offenders(("newsclean.view",), ("rich",))


USE = "import newsclean; newsclean.clean('A b. ' * 40, options=newsclean.Options(force=True))"


@pytest.mark.parametrize("statement", ["import newsclean", USE])
def test_the_library_loads_nothing_of_the_terminal(statement):
    program = f"{statement}\nimport sys\nprint(*sorted(sys.modules), sep='\\n')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.splitlines()}
    assert "newsclean" in loaded
    assert not loaded & {"click", "rich", "multiprocessing", "torch", "trafilatura"}


def test_what_the_library_offers_is_there_when_it_is_asked_for():
    program = f"import newsclean\nfrom newsclean import *\nprint(*({', '.join(newsclean.__all__)},), sep='\\n')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert set(newsclean.__all__) <= set(dir(newsclean))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = newsclean.nonsense


def test_the_command_loads_only_what_a_single_page_needs():
    program = "import newsclean.cli, sys\nprint(*sorted(sys.modules), sep='\\n')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()
    assert "click" in loaded
    assert not {"rich", "jinja2", "multiprocessing", "tomllib", "newsclean.review.batch"} & set(loaded)
