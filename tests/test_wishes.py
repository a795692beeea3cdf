"""Reasons that are kept or dropped because the caller says so, and presets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import newsclean
from newsclean import Options, UsageError
from newsclean.cli import main
from newsclean.cli.preset_flags import presets as preset_flags
from newsclean.judging import presets
from newsclean.judging.presets import Measured, threshold_of
from newsclean.judging.tagger import load_model
from newsclean.model import Action, Kind, Reason

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
STORY = "".join(
    f"<p>The council of Orlov met on {day} evening to talk about the long delayed bridge over the river, and the"
    f" mayor said after the vote that the work was to begin in May and to take {number} summers in all.</p>"
    for number, day in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"), start=2)
)
PAGE = f"""<html><body><article><h1>Bridge approved</h1>{STORY}
<figure><figcaption>The old ferry at Orlov in the spring of last year.</figcaption></figure>
<div class="author-bio"><p>Mira Halden has written about bridges and ferries for the Gazette since 2011 and lives in
Orlov with two cats and a boat that she never uses.</p></div></article>
<div class=foot><a href=/n>Sign up for our newsletter</a></div></body></html>"""


def cleaned(page: str = PAGE, **options) -> newsclean.Article:
    return newsclean.clean(page, options=Options(force=True, **options))


def actions(article: newsclean.Article) -> dict[str, tuple[Action, Reason | None]]:
    return {verdict.block.text: (verdict.action, verdict.reason) for verdict in article.verdicts}


def test_nothing_is_dropped_for_a_reason_that_is_kept():
    plain = newsclean.clean(SAMPLES / "listings.html")
    dropped = {v.block.index for v in plain.verdicts if v.reason is Reason.NEWSLETTER}
    assert dropped
    kept = newsclean.clean(SAMPLES / "listings.html", options=Options(keep=("newsletter",)))
    assert {v.block.index for v in kept.verdicts if v.action is Action.KEEP} >= dropped
    assert Reason.NEWSLETTER not in {verdict.reason for verdict in kept.verdicts}
    others = {v.block.index: v.reason for v in plain.verdicts if v.reason not in {None, Reason.NEWSLETTER}}
    assert {v.block.index: v.reason for v in kept.verdicts if v.reason} == others


def test_captions_are_kept_where_the_story_is():
    figure = "<figure><img src=a.jpg><figcaption>{}</figcaption></figure>"
    menu = "".join(f"<li><a href=/{n}>Section {n}</a></li>" for n in range(9))
    half = STORY.index("<p>", 400)
    page = (
        f"<html><body><nav><ul>{menu}</ul></nav>{figure.format('A ship of another story')}<article><h1>Bridge</h1>"
        f"{figure.format('The old ferry')}{STORY[:half]}{figure.format('The new bridge')}{STORY[half:]}</article>"
        f"<footer><ul>{menu}</ul>{figure.format('A mill of another story')}</footer></body></html>"
    )
    captions = {
        v.block.text: v.action for v in cleaned(page, keep=("caption",)).verdicts if v.block.kind is Kind.CAPTION
    }
    assert captions == {
        "A ship of another story": Action.DROP,
        "The old ferry": Action.KEEP,
        "The new bridge": Action.KEEP,
        "A mill of another story": Action.DROP,
    }


def test_with_every_reason_kept_nothing_is_dropped():
    article = newsclean.clean(SAMPLES / "listings.txt", options=Options(keep=tuple(Reason)))
    assert Action.DROP not in {verdict.action for verdict in article.verdicts}


@pytest.mark.parametrize(
    ("reason", "start"), [("caption", "The old ferry"), ("author-bio", "Mira Halden"), ("newsletter", "Sign up")]
)
def test_what_a_reason_speaks_for_is_dropped_though_the_judge_would_keep_it(reason, start):
    everything = actions(cleaned(threshold=0.0))
    (text,) = [text for text in everything if text.startswith(start)]
    assert everything[text] == (Action.KEEP, None)
    dropped = actions(cleaned(threshold=0.0, drop=(reason,)))
    assert dropped[text] == (Action.DROP, Reason(reason))
    assert {t for t, (action, _) in dropped.items() if action is Action.DROP} == {text}


def test_a_name_around_the_whole_story_drops_none_of_it():
    page = f'<html><body><div class="author-bio">{STORY}</div></body></html>'
    assert actions(cleaned(page, threshold=0.0, drop=("author-bio",))) == actions(cleaned(page, threshold=0.0))


def test_a_caption_of_a_text_is_none():
    text = "\n\n".join(f"Paragraph {n} tells of the bridge and of the ferry that it will replace." for n in range(5))
    assert {block.block.kind for block in cleaned(text).verdicts} == {Kind.PARAGRAPH}
    assert cleaned(text, drop=("caption",)).text == cleaned(text).text


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"keep": ("quiz",)}, "'quiz' is not a valid Reason; Reasons are listing, "),
        ({"drop": ("quiz",)}, "'quiz' is not a valid Reason"),
        ({"keep": ("ad",), "drop": ("ad",)}, "ad cannot be both"),
        ({"preset": "best"}, "preset: 'best' is none of precision, balanced, recall"),
    ],
)
def test_wrong_wishes_are_wrong_usage(options, why):
    with pytest.raises(UsageError, match=why):
        cleaned(**options)


# Presets


@pytest.mark.parametrize("kind", ["html", "text"])
def test_presets_stand_in_order_around_the_default(kind):
    model = load_model(kind)
    at = {name: threshold_of(Options(preset=name), model, is_text=kind == "text") for name in preset_names()}
    assert at["recall"] < at["balanced"] == model.threshold < at["precision"]
    given = Options(preset="precision", threshold=0.01)
    assert threshold_of(given, model, is_text=kind == "text") == 0.01


def preset_names() -> tuple[str, ...]:
    return ("recall", "balanced", "precision")


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.iterdir()))
def test_a_preset_keeps_what_a_stricter_one_keeps(sample):
    kept = []
    for name in preset_names():
        article = newsclean.clean(SAMPLES / sample, options=Options(preset=name, force=True))
        kept.append({v.block.text for v in article.verdicts if v.action is not Action.DROP})
    assert kept[0] >= kept[1] >= kept[2]


def run(*args: str, **env: str):
    return CliRunner().invoke(main, args, env=env, prog_name="newsclean")


def shown(*args: str, **env: str) -> list[str]:
    lines = run("--show-config", *args, **env).stdout.splitlines()
    return [line for line in lines if line.split()[0] in {"preset", "keep", "drop"} or " preset is" in line]


def test_flags_and_files_choose_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert shown()[0] == "# preset is not set"
    assert shown("--precision")[0] == 'preset = "precision"  # command line'
    assert shown("--recall", "--precision")[0] == 'preset = "precision"  # command line'
    assert shown(NEWSCLEAN_PRESET="recall")[0] == 'preset = "recall"  # environment, NEWSCLEAN_PRESET'
    (tmp_path / "newsclean.toml").write_text('preset = "recall"\nkeep = ["caption"]\n')
    assert shown()[0].startswith('preset = "recall"  # ')
    assert 'keep = ["caption"]' in shown()[1]
    assert 'keep = ["ad"]  # command line' in shown("--keep", "ad")
    for wrong in ('preset = "best"', 'keep = "caption"', 'drop = ["quiz"]'):
        (tmp_path / "newsclean.toml").write_text(wrong)
        assert run(str(SAMPLES / "plain.txt")).exit_code == 2


def test_reasons_are_checked_by_the_command():
    done = run("--keep", "quiz", str(SAMPLES / "plain.txt"))
    assert done.exit_code == 2
    assert "author-bio" in done.stderr
    assert "did you mean 'caption'?" in run("--keep", "captoin", str(SAMPLES / "plain.txt")).stderr


def test_what_no_block_says_of_itself_cannot_be_dropped_for_it():
    for reason in ("duplicate", "repeated-on-site", "hidden", "rule", "not-the-story"):
        done = run("--drop", reason, str(SAMPLES / "plain.txt"))
        assert done.exit_code == 2
        assert f"nothing in a block that is kept says '{reason}'" in done.stderr
        assert run("--keep", reason, str(SAMPLES / "plain.txt")).exit_code == 0
        assert "--drop" not in run("--reason", reason).stdout
    assert "--drop caption" in run("--reason", "caption").stdout


def test_help_prints_what_was_measured(monkeypatch):
    import click

    monkeypatch.setattr("newsclean.cli.preset_flags.measured", lambda _: Measured(0.9, 0.8, 100))
    command = click.Command("x", params=[])
    preset_flags(command)
    assert all(option.help.endswith("[precision 0.900, recall 0.800]") for option in command.params)
    monkeypatch.setattr("newsclean.cli.preset_flags.measured", lambda _: None)
    command = click.Command("x", params=[])
    preset_flags(command)
    assert not any("[" in option.help for option in command.params)


def test_figures_are_those_of_all_presets_or_of_none():
    held = json.loads((ROOT / "src/newsclean/judging/presets.json").read_text(encoding="utf-8"))
    assert set(held["thresholds"]) == {"precision", "recall"}
    assert set(held["measured"]) in (set(), set(preset_names()))
    for name in held["measured"]:
        assert 0 < presets.measured(name).precision <= 1
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("<!-- presets:start -->") : readme.index("<!-- presets:end -->")]
    for name, figures in held["measured"].items():
        assert f"| `--{name}` | {figures['precision']:.3f} | {figures['recall']:.3f} |" in table
