"""The README: what it shows is what happens, and nothing is left unsaid."""

from __future__ import annotations

import doctest
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import regex

import newsclean
from newsclean.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = regex.findall(r"^```(\w*)\n(.*?)^```$", README, regex.MULTILINE | regex.DOTALL)
SESSIONS = [text for language, text in BLOCKS if language == "text" and text.startswith("$ ")]
EXCERPTS = [text for language, text in BLOCKS if language == "text" and not text.startswith("$ ")]
GAP = "…"


def matches(shown: str, actual: str) -> bool:
    """Whether a shown text is the actual one; a line `…` stands for any lines, `…` in a line for any characters."""
    lines = []
    for line in shown.rstrip("\n").split("\n"):
        if line == GAP:
            lines.append(r"(?:.*+\n)*?")
        else:
            lines.append(".*?".join(regex.escape(piece, special_only=True) for piece in line.split(GAP)) + r"\n")
    return bool(regex.fullmatch("".join(lines), actual, timeout=10))


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("shown", "actual", "same"),
    [
        ("a\n…\nd\n", "a\nb\nc\nd\n", True),
        ("a\n…\nd\n", "a\nd\n", True),
        ("a\n…\nd\n", "a\nb\nc\n", False),
        ("a b …\n", "a b c\n", True),
        ("a … d\n", "a b c\n", False),
        ("a.c\n", "abc\n", False),
        ("a\n", "a\nb\n", False),
    ],
)
def test_gaps_hide_only_what_they_stand_for(shown, actual, same):
    assert matches(shown, actual) is same


@pytest.mark.skipif(shutil.which("bash") is None, reason="the README's sessions are for bash")
@pytest.mark.parametrize("session", SESSIONS, ids=[session.split("\n", 1)[0] for session in SESSIONS])
@pytest.mark.usefixtures("checkout")
def test_sessions_go_as_shown(session):
    line, shown = session.split("\n", 1)
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", line.removeprefix("$ ")],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        env=env,
        encoding="utf-8",
    )
    assert matches(shown, done.stdout), done.stdout


def test_python_examples_go_as_shown(checkout):
    examples = [text for language, text in BLOCKS if language == "python"]
    runner = doctest.DocTestRunner()
    for number, example in enumerate(examples):
        runner.run(doctest.DocTestParser().get_doctest(example, {}, f"README {number}", str(checkout), 0))
    assert runner.tries > 3
    assert runner.failures == 0


def test_the_input_shown_is_the_sample_s():
    (excerpt,) = EXCERPTS
    sample = (ROOT / "samples" / "listings.txt").read_text(encoding="utf-8")
    assert matches(f"{GAP}\n{excerpt}", sample)


def test_there_are_two_shell_blocks_and_they_do_the_job():
    shells = [text for language, text in BLOCKS if language in {"bash", "sh", "shell", "console", "zsh"}]
    assert len(shells) == 2
    install, tests = shells
    assert all("python3 -m venv" in shell and "pip install" in shell for shell in shells)
    assert "newsclean samples" in install
    assert "pytest" in tests
    for path in regex.findall(r"samples/[\w.-]+", README):
        assert (ROOT / path).is_file(), path


def test_pictures_are_there_and_load_nothing():
    pictures = regex.findall(r"!\[[^]]++\]\(([^)]++)\)", README)
    assert {Path(name).suffix for name in pictures} == {".svg", ".png"}
    for name in (*pictures, *map(str, (ROOT / "docs" / "images").glob("*.svg"))):
        content = (ROOT / name).read_bytes()
        if name.endswith(".svg"):
            drawing = ET.fromstring(content)
            assert "newsclean" in "".join(drawing.itertext())
            assert b"url(http" not in content
            assert b"href" not in content
        else:
            assert content.startswith(b"\x89PNG")


def test_every_flag_is_documented():
    table = README[README.index("| option |") : README.index("| exit code |")]
    flags = {
        flag
        for parameter in main.params
        for flag in [*parameter.opts, *parameter.secondary_opts]
        if flag.startswith("-")
    } | {"--help", "-h"}
    assert {flag for flag in flags if f"`{flag}" not in table} == set()
    named = set(regex.findall(r"(?<![\w-])--?[a-z][\w-]*+", table))
    assert named - flags == set()


def test_every_choice_is_documented():
    table = README[README.index("| option |") : README.index("| exit code |")]
    reasons = README[README.index("| Reason |") : README.index("## Library")]
    for parameter in main.params:
        for choice in getattr(parameter.type, "choices", ()):
            assert f"`{choice}`" in reasons or f"`{choice}`" in table or f"`--{choice}`" in table, (
                parameter.name,
                choice,
            )


def test_every_reason_is_documented_in_order():
    table = README[README.index("| Reason |") : README.index("## Library")]
    assert regex.findall(r"^\| `([\w-]+)` \|", table, regex.MULTILINE) == [str(reason) for reason in newsclean.Reason]


def test_every_field_is_documented():
    article = newsclean.clean(ROOT / "samples" / "listings.txt", options=newsclean.Options(force=True))
    section = README[README.index("## Formats") : README.index("## How well")]
    fields = {*article.to_dict(), *article.to_dict()["blocks"][0]}
    assert {field for field in fields if f"`{field}`" not in section} == set()


def test_every_dependency_is_accounted_for():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {regex.match(r"[\w-]++", line)[0] for line in project["dependencies"]}
    section = README[README.index("## Built on") :]
    assert set(regex.findall(r"^- \[([\w-]+)\]", section, regex.MULTILINE)) == names


def test_the_exit_codes_of_help_are_those_of_the_readme():
    epilog = main.epilog or ""
    table = README[README.index("| exit code |") : README.index("Shell completion")]
    assert regex.findall(r"^\| (\d+) \|", table, regex.MULTILINE) == [
        *regex.findall(r"^  (\d)  ", epilog, regex.MULTILINE),
        "130",
    ]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_there(shell):
    if shell == "bash" and shutil.which("bash") is None:
        pytest.skip("click asks bash for its version")
    env = {**os.environ, "_NEWSCLEAN_COMPLETE": f"{shell}_source"}
    newsclean_command = shutil.which("newsclean", path=str(Path(sys.executable).parent))
    assert newsclean_command is not None
    done = subprocess.run([newsclean_command], capture_output=True, text=True, check=False, env=env)
    assert "_NEWSCLEAN_COMPLETE" in done.stdout
    assert f"{shell}_source" in README


def test_the_notice_names_the_training_data():
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert "https://github.com/Murrough-Foley/web-content-extraction-benchmark" in notice
    assert "CC BY 4.0" in notice
