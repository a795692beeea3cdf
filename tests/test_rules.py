"""Rules of the user's own: what they do to a page, what is wrong with them, and that they pass their own cases."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner

import newsclean
from newsclean import Options
from newsclean.cli import main
from newsclean.errors import RuleError, UsageError
from newsclean.model import Action, Reason
from newsclean.rules import NO_RULES, PhraseRule, Rules, SiteRule
from newsclean.rules.check import check_rules
from newsclean.rules.parse import load_rules

PARAGRAPHS = (
    "The council of Orlov met on Tuesday evening to talk about the long delayed bridge, and voted for it.",
    "“We have waited eleven years for this evening, and I am glad to say yes,” said the mayor after the vote.",
    "Read the Orlov Gazette on your telephone: the paper is there an hour after the vote, every evening.",
    "The work is to begin in May and to take two summers, and the old ferry will carry people until then.",
)
TEXT = "\n\n".join(PARAGRAPHS)
PAGE = f"""<html lang="en"><head><title>Bridge approved</title>
<link rel="canonical" href="https://www.orlov.example/bridge"></head><body>
<header><a href="/">Orlov Gazette</a></header>
<div class="shell"><h2 class="kop">Orlov gets its bridge</h2>
<div class="wie">Mira Halden</div><time class="when" datetime="2026-03-04T18:20+01:00">yesterday evening</time>
<div class="text"><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]} <span class="promo">Get the letter.</span></p>
<div class="box"><p>{PARAGRAPHS[2]}</p><p class="fact">The bridge is 212 metres long.</p></div>
<p>{PARAGRAPHS[3]}</p></div></div>
<div class="tail"><p>The weather in Orlov stays mild, with some rain in the hills from Thursday on.</p></div>
</body></html>"""


def drop(*phrases: str, **more) -> Rules:
    return Rules((PhraseRule(name="mine", keep=False, phrases=phrases, **more),))


def site(**more) -> Rules:
    return Rules(sites=(SiteRule(name="orlov", hosts=("orlov.example",), **more),))


def cleaned(source: str, rules: Rules, **more) -> newsclean.Article:
    return newsclean.clean(source, options=Options(rules=rules, force=True), **more)


def by_rule(article: newsclean.Article) -> dict[str, Action]:
    return {verdict.block.text: verdict.action for verdict in article.verdicts if verdict.rule}


# Phrases


@pytest.mark.parametrize(
    ("phrases", "more", "dropped"),
    [
        (["orlov   GAZETTE on"], {}, [2]),
        (["Orlov Gazette off"], {}, []),
        (["nothing", "the mayor"], {}, [1]),
        ([r"\bferr(?:y|ies)\b"], {"regex": True}, [3]),
        (["FERRY"], {"regex": True}, []),
        ([r"(?i)FERRY"], {"regex": True}, [3]),
        (["the mayor"], {"hosts": ("*.example",)}, [1]),
        (["the mayor"], {"hosts": ("other.example",)}, []),
    ],
)
def test_phrases_drop_the_blocks_that_hold_them(phrases, more, dropped):
    article = cleaned(TEXT, drop(*phrases, **more), url="https://www.orlov.example/x")
    verdicts = [verdict for verdict in article.verdicts if verdict.reason is Reason.RULE]
    assert [verdict.block.text for verdict in verdicts] == [PARAGRAPHS[place] for place in dropped]
    assert {verdict.rule for verdict in verdicts} <= {"mine"}
    assert [p.text for p in article.paragraphs] == [p for place, p in enumerate(PARAGRAPHS) if place not in dropped]


def test_a_rule_for_a_site_is_silent_where_the_site_is_not_known():
    assert by_rule(cleaned(TEXT, drop("the mayor", hosts=("*",)))) == {}


def test_phrases_keep_what_the_judge_would_drop():
    text = f"{TEXT}\n\nSubscribe to our newsletter\n\nShare on Facebook"
    plain = cleaned(text, NO_RULES)
    assert {"Subscribe to our newsletter", "Share on Facebook"} <= {
        verdict.block.text for verdict in plain.verdicts if verdict.action is Action.DROP
    }
    article = cleaned(text, Rules((PhraseRule(name="k", keep=True, phrases=("newsletter",)),)))
    assert article.paragraphs[-1].text == "Subscribe to our newsletter"
    assert by_rule(article) == {"Subscribe to our newsletter": Action.KEEP}


def test_the_first_rule_that_fits_decides():
    rules = Rules(
        (
            PhraseRule(name="first", keep=True, phrases=("mayor",)),
            PhraseRule(name="second", keep=False, phrases=("mayor", "ferry")),
        )
    )
    article = cleaned(TEXT, rules)
    assert by_rule(article) == {PARAGRAPHS[1]: Action.KEEP, PARAGRAPHS[3]: Action.DROP}


def test_a_kept_repeat_is_kept():
    text = f"{TEXT}\n\n{PARAGRAPHS[0]}"
    assert len(cleaned(text, NO_RULES).paragraphs) == 4
    keep = Rules((PhraseRule(name="k", keep=True, phrases=("The council",)),))
    assert len(cleaned(text, keep).paragraphs) == 5


def test_a_pattern_that_hangs_fails_its_page_and_says_which(monkeypatch):
    monkeypatch.setattr("newsclean.rules.apply._FUSE", 0.05)
    with pytest.raises(RuleError, match=r"rule 'mine': its pattern takes more than"):
        cleaned(f"{'a' * 400}! {TEXT}", drop(r"(a|aa|aaa)+$", regex=True))


# Sites


def test_selectors_drop_and_keep_and_the_inner_one_decides():
    article = cleaned(PAGE, site(drop=(".box",), keep=(".fact",)))
    assert by_rule(article) == {PARAGRAPHS[2]: Action.DROP, "The bridge is 212 metres long.": Action.KEEP}
    assert "The bridge is 212 metres long." in article.text


def test_an_inline_element_can_be_dropped_out_of_a_paragraph():
    article = cleaned(PAGE, site(drop=(".promo",)))
    assert by_rule(article) == {"Get the letter.": Action.DROP}
    assert PARAGRAPHS[1] in [paragraph.text for paragraph in article.paragraphs]


def test_the_story_is_what_a_rule_says():
    article = cleaned(PAGE, site(story=(".text",), drop=(".promo", ".box p")))
    assert [paragraph.text for paragraph in article.paragraphs] == [PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[3]]
    tail = article.verdicts[-1]
    assert (tail.action, tail.reason, tail.rule) == (Action.DROP, Reason.RULE, "orlov")
    elsewhere = cleaned(PAGE, site(story=(".no-such",)))
    assert by_rule(elsewhere) == {}


def test_the_story_of_a_rule_is_an_article_though_the_judge_sees_none():
    menu = "".join(f"<li><a href=/{n}>Item {n}</a></li>" for n in range(30))
    page = f"<html><body><ul>{menu}</ul><div class=s>Open at 9.</div></body></html>"
    rules = Rules(sites=(SiteRule(name="x", hosts=("x.example",), story=(".s",)),))
    article = newsclean.clean(page, url="https://x.example/", options=Options(rules=rules))
    assert article.text == "Open at 9."


def test_title_byline_and_date_are_where_a_rule_says():
    article = cleaned(PAGE, site(title=("h2.kop",), byline=(".wie",), date=("time.when",)))
    assert article.title == "Orlov gets its bridge"
    assert article.byline.authors == ("Mira Halden",)
    assert article.published == "2026-03-04T18:20+01:00"
    assert {name: article.sources[name] for name in ("title", "byline", "published")} == dict.fromkeys(
        ("title", "byline", "published"), "rule"
    )
    moved = {verdict.block.text: verdict.field for verdict in article.verdicts if verdict.action is Action.MOVE}
    assert moved.items() >= {"Orlov gets its bridge": "title", "Mira Halden": "byline"}.items()


def test_labels_say_what_follows_them():
    text = f"Bridge approved\n\nSkribent: Mira Halden\n\nOppdatert kl 2026-03-04 18:20\n\n{TEXT}"
    rules = site(byline_labels=("skribent",), date_labels=("Oppdatert kl",))
    article = cleaned(text, rules, url="https://orlov.example/x")
    assert article.byline.authors == ("Mira Halden",)
    assert article.published == "2026-03-04T18:20"
    assert "Skribent" not in article.text
    below = cleaned(f"Skribent\n\nMira Halden\n\n{TEXT}", rules, url="https://orlov.example/x")
    assert below.byline.authors == ("Mira Halden",)


def test_a_label_is_a_whole_word():
    rules = site(byline_labels=("Skrib",))
    article = cleaned(f"Skribent Mira\n\n{TEXT}", rules, url="https://orlov.example/")
    assert article.sources.get("byline") != "rule"


def test_a_rule_holds_for_its_site_alone():
    assert by_rule(cleaned(PAGE, site(drop=(".box",)), url="https://orlov.example.evil.example/")) == {}
    assert by_rule(cleaned(PAGE, site(drop=(".box",)), url="https://[")) == {}


@pytest.mark.parametrize(
    ("globs", "host", "fits"),
    [
        (("orlov.example",), "orlov.example", True),
        (("orlov.example",), "WWW.Orlov.example.", True),
        (("orlov.example",), "m.orlov.example", False),
        (("*.orlov.example",), "m.orlov.example", True),
        (("*.orlov.example",), "orlov.example", False),
        (("a.example", "b.*"), "b.example", True),
        (("*",), "", False),
    ],
)
def test_globs_of_hosts(globs, host, fits):
    assert bool(Rules(sites=(SiteRule(name="x", hosts=globs),)).sites_for(host)) is fits


def test_without_rules_nothing_changes_and_every_block_still_has_its_verdict():
    plain, ruled = cleaned(PAGE, NO_RULES), cleaned(PAGE, site(drop=(".box",)))
    assert [v.block.index for v in ruled.verdicts] == list(range(len(ruled.verdicts)))
    assert [v.block.text for v in ruled.verdicts] == [v.block.text for v in plain.verdicts]
    assert by_rule(plain) == {}


def test_options_with_rules_cross_processes():
    options = Options(rules=Rules(drop("a", regex=True).phrases, site(drop=("p",)).sites))
    assert pickle.loads(pickle.dumps(options)) == options


# As data


GOOD = r"""
rules = ["more"]
[[phrase]]
name = "app"
drop = ["Get our app", "Scan the code"]
hits = ["Now: get our APP today"]
misses = ["The app was got by many"]
[[phrase]]
drop = 'Photo:\s\w++'
regex = true
site = "*.orlov.example"
hits = ["Photo: Mira"]
[[site]]
host = ["orlov.example", "*.orlov.example"]
drop = ".box"
byline-labels = "Skribent"
hits = ['<div class="box">x</div>', "<p>Skribent: Mira</p>"]
misses = ["<p>x</p>"]
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.toml").write_text('[[phrase]]\nkeep = "b"\n')
    (tmp_path / "more" / "a.toml").write_text('[[phrase]]\nkeep = "a"\n')
    (tmp_path / "newsclean.toml").write_text(GOOD)
    return tmp_path


def run(*args: str, stdin: str = ""):
    return CliRunner().invoke(main, args, input=stdin, prog_name="newsclean")


def test_files_and_folders_of_rules_are_read_in_order(here):
    rules = load_rules(here / "newsclean.toml")
    assert [rule.name for rule in rules.phrases] == ["app", r"Photo:\s\w++", "a", "b"]
    assert rules.phrases[1].hosts == ("*.orlov.example",)
    assert rules.sites == (
        SiteRule(
            name="orlov.example",
            hosts=("orlov.example", "*.orlov.example"),
            drop=(".box",),
            byline_labels=("Skribent",),
            hits=('<div class="box">x</div>', "<p>Skribent: Mira</p>"),
            misses=("<p>x</p>",),
        ),
    )


@pytest.mark.usefixtures("here")
def test_the_command_obeys_them():
    done = run("--explain", "-f", "json", "--force", stdin=f"{TEXT}\n\nScan the code with your telephone to read more.")
    assert done.exit_code == 0, done.stderr
    assert '"rule": "app"' in done.stdout
    assert '"reason": "rule"' in done.stdout


@pytest.mark.usefixtures("here")
def test_rules_pass_their_own_cases():
    done = run("--check-rules")
    assert (done.exit_code, done.stdout) == (0, "rules: 4 for phrases and 1 for sites; 6 of 6 cases pass\n")


def test_where_there_are_no_rules_nothing_is_tried(here):
    (here / "newsclean.toml").write_text("")
    done = run("--check-rules")
    assert (done.exit_code, done.stdout) == (0, "no rules are configured\n")


def test_labels_hit_in_cases_what_they_hit_on_pages():
    rule = SiteRule(
        name="x",
        hosts=("a.example",),
        byline_labels=("Our reporter",),
        hits=("<p>Our reporter: Mira Halden</p>", "<div>Menu</div><p>Our reporter</p><p>Mira Halden</p>"),
        misses=("<p>Our reporters are many</p>", "<p>Our reporter</p>"),
    )
    assert check_rules(Rules((), (rule,))) == (4, ())


def test_rules_that_fail_their_own_cases_are_named(here):
    bad = GOOD.replace("Now: get our APP", "Now: buy our APP").replace('["<p>x</p>"]', '["<i class=box>x</i>"]')
    (here / "newsclean.toml").write_text(bad)
    done = run("--check-rules")
    assert done.exit_code == 1
    assert done.stdout.endswith("4 of 6 cases pass\n")
    assert done.stderr.splitlines() == [
        "newsclean: rule 'app' does not hit 'Now: buy our APP today'",
        "newsclean: rule 'orlov.example' hits '<i class=box>x</i>'",
    ]


def test_every_case_counts_both_ways():
    rule = PhraseRule(name="x", keep=False, phrases=("a",), hits=("a", "b"), misses=("a", "b"))
    tried, failures = check_rules(Rules((rule,)))
    assert tried == 4
    assert failures == ("rule 'x' does not hit 'b'", "rule 'x' hits 'a'")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[[phrase]]\nname = "x"', "r.toml:1: a phrase rule has either drop or keep"),
        ('[[phrase]]\ndrop = "x"\nkeep = "y"', "r.toml:1: a phrase rule has either drop or keep"),
        ('\n[[phrase]]\ndorp = "x"', "r.toml:3: unknown key 'dorp'; did you mean 'drop'?"),
        ("[[phrase]]\ndrop = 3", "r.toml:2: drop: 3 is neither a string nor a list of strings"),
        ('[[phrase]]\ndrop = " "', "r.toml:2: drop: an empty phrase is in every block"),
        ('[[phrase]]\nname = "x"\ndrop = []', "r.toml:3: drop: there is no phrase in the list"),
        ("[[phrase]]\nkeep = []", "r.toml:2: keep: there is no phrase in the list"),
        ('[[phrase]]\ndrop = "("\nregex = true', "r.toml:2: '(' is no pattern: "),
        ('[[phrase]]\ndrop = "a*"\nregex = true', "r.toml:2: 'a*' matches nothing at all"),
        ('[[phrase]]\ndrop = "a"\nregex = "yes"', "r.toml:3: regex: 'yes' is not true or false"),
        ('[phrase]\ndrop = "a"', "r.toml:1: phrase is no list of tables; begin each with [[phrase]]"),
        ('[[site]]\ndrop = ".a"', "r.toml:1: a site rule has a host"),
        ('[[site]]\nhost = "a.example"', "r.toml:1: a site rule has selectors or labels"),
        ('[[site]]\nhost = "a"\ndrop = [".a", "p["]', "r.toml:3: drop: 'p[' is no CSS selector"),
        ('[[site]]\nhost = "a"\nname = 1\ndrop = "p"', "r.toml:3: name: 1 is no string"),
        ('[[sites]]\nhost = "a"', "r.toml:1: unknown key 'sites'; did you mean 'site'?"),
        ('rules = "nowhere"', "nowhere cannot be read: no such file"),
        ("x", "r.toml is no TOML: "),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, text, why):
    (tmp_path / "r.toml").write_text(text)
    with pytest.raises(UsageError) as caught:
        load_rules(tmp_path / "r.toml")
    assert why in str(caught.value)


def test_the_rules_of_the_documentation_pass_their_own_cases(tmp_path):
    text = (Path(__file__).parent.parent / "docs" / "rules.md").read_text(encoding="utf-8")
    examples = [part.split("```")[0] for part in text.split("```toml\n")[1:]]
    assert len(examples) == 2
    tried = 0
    for example in examples:
        (tmp_path / "r.toml").write_text(example, encoding="utf-8")
        count, failures = check_rules(load_rules(tmp_path / "r.toml"))
        tried += count
        assert failures == ()
    assert tried >= 8


def test_wrong_rules_in_the_configuration_are_wrong_usage(here):
    Path("newsclean.toml").write_text('[[phrase]]\ndorp = "x"\n')
    done = run(stdin=TEXT)
    assert done.exit_code == 2
    assert f"{here / 'newsclean.toml'}:2: unknown key 'dorp'" in done.stderr
