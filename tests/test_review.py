"""The review page: what it says, in bounded room, and what a browser makes of it when pages are hostile."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import newsclean
from newsclean.cli import main
from newsclean.model import Action, Article, Block, Declared, Paragraph, Reason, Verdict
from newsclean.review.batch import MOST_FAILURES, MOST_PAGES, Ledger
from newsclean.review.sketch import BATCH_ROOM, sketch
from newsclean.review.write import review_batch, review_page, write_review

SAMPLES = Path(__file__).parent.parent / "samples"
ATTACKS = (
    "<script>window.pwned = 1</script>",
    '"><img src=x onerror="window.pwned = 1">',
    "</script><script>window.pwned = 1</script>",
    "</template><script>window.pwned = 1</script>",
    "</title></style></textarea><svg onload=window.pwned=1>",
    "<!-- --><iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "{{ 7 * 191 }} {% raw %} ${7 * 191} {# #} <%= 7 * 191 %>",
    "&lt;script&gt;window.pwned = 1&lt;/script&gt; &amp;amp;",
    "javascript:window.pwned=1",
    "' onfocus='window.pwned=1' autofocus='",
    "<a href='javascript:window.pwned=1'>press</a>",
    "<meta http-equiv=refresh content='0;url=https://example.invalid/'>",
    "<base href='https://example.invalid/'><link rel=stylesheet href='https://example.invalid/x.css'>",
)


def article(*blocks: tuple[str, Action, Reason | None, float], **fields) -> Article:
    verdicts = tuple(
        Verdict(Block(place, text), action, reason, p, "title" if action is Action.MOVE else None)
        for place, (text, action, reason, p) in enumerate(blocks)
    )
    body = tuple(Paragraph(v.block.text) for v in verdicts if v.action is Action.KEEP)
    known = {"title": None, "url": None, "confidence": 0.9}
    return Article(
        **{
            "standfirst": None,
            "byline": None,
            "dateline": None,
            "published": None,
            "updated": None,
            "language": None,
            "paragraphs": body,
            "verdicts": verdicts,
            "page_declared": Declared(),
            **known,
            **fields,
        }
    )


def hostile() -> Article:
    kept = [(attack, Action.KEEP, None, 0.9) for attack in ATTACKS]
    dropped = [(attack, Action.DROP, Reason.AD, 0.5) for attack in ATTACKS]
    moved = [(attack, Action.MOVE, None, 0.1) for attack in ATTACKS]
    return article(
        *kept,
        *dropped,
        *moved,
        title=ATTACKS[4] + ATTACKS[2],
        url="javascript:window.pwned=1",
        language='en" onfocus="window.pwned=1',
        model=ATTACKS[1],
        sources={"title": ATTACKS[0]},
    )


MIXED = article(
    ("Home and menu", Action.DROP, Reason.NAVIGATION, 0.01),
    ("A headline", Action.MOVE, None, 0.4),
    ("First words of the story.", Action.KEEP, None, 0.99),
    ("Sign up for the letter", Action.DROP, Reason.NEWSLETTER, 0.3),
    ("Second words of the STORY, with an İ in them.", Action.KEEP, None, 0.6),
    ("More stories", Action.DROP, Reason.RELATED, 0.02),
    title="A headline",
    url="https://news.example/a?b=1&c=2",
)


# What is sketched


def test_a_sketch_has_every_block_in_reading_order_with_its_verdict():
    made = sketch(MIXED, "a.html")
    assert [(row.number, row.action, row.why) for row in made.rows] == [
        (1, "drop", "navigation"),
        (2, "move", "title"),
        (3, "keep", ""),
        (4, "drop", "newsletter"),
        (5, "keep", ""),
        (6, "drop", "related"),
    ]
    assert [row.uncertain for row in made.rows] == [False, True, False, True, True, False]
    assert (made.kept, made.dropped, made.moved, made.site) == (2, 3, 1, "news.example")
    assert [(part.block, part.text) for part in made.story] == [
        (3, "First words of the story."),
        (5, made.rows[4].text),
    ]


def test_what_finds_no_room_is_counted():
    made = sketch(MIXED, "a.html", room=1100)
    assert [row.number for row in made.rows] == [1, 2]
    assert made.left_out == 4
    assert made.kept == 2
    assert "4 more blocks are not shown here" in review_page(made)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/", "https://a.example/"),
        ("HTTP://a.example/", "HTTP://a.example/"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.example", ""),
        ("http", ""),
        ("https://[", "https://["),
    ],
)
def test_only_web_addresses_become_links(url, link):
    made = sketch(replace(MIXED, url=url), "a")
    assert made.link == link
    assert ('<a href="http' in review_page(made).lower()) is bool(link)


# What a batch adds up to


def test_a_batch_adds_up_and_keeps_the_least_certain():
    ledger = Ledger()
    for number in range(200):
        ledger.note(f"p{number}", "", sketch(replace(MIXED, confidence=number / 200), f"p{number}"))
    ledger.note("broken", "empty", None)
    ledger.note("front", "no article", sketch(replace(MIXED, confidence=0.001), "front", error="no article"))
    ledger.note("passed over", "", None)
    account = ledger.account()
    assert (account.articles, account.failed, account.kept, account.dropped, account.moved) == (200, 2, 400, 600, 200)
    assert dict(account.reasons) == {"navigation": 200, "newsletter": 200, "related": 200}
    assert sum(account.confidence) == sum(account.kept_share) == 200
    assert account.confidence == (10,) * 20
    assert account.failures == (("broken", "empty"), ("front", "no article"))
    assert [page.name for page in account.pages] == ["p0", "front", *(f"p{number}" for number in range(1, 49))]
    assert account.sites[0].dropped_share == 0.5


def test_of_equally_certain_pages_the_first_are_shown():
    ledger = Ledger()
    for number in range(MOST_PAGES + 30):
        ledger.note(f"p{number}", "", sketch(MIXED, f"p{number}"))
    assert [page.name for page in ledger.account().pages] == [f"p{number}" for number in range(MOST_PAGES)]


def test_failures_beyond_those_shown_are_counted():
    ledger = Ledger()
    for number in range(MOST_FAILURES + 7):
        ledger.note(f"p{number}", "empty", None)
    document = write_review(ledger.account(), many=True)
    assert f"p{MOST_FAILURES - 1}<" in document
    assert f"p{MOST_FAILURES}<" not in document
    assert "7 more; each was named on stderr." in document


def test_a_batch_of_one_is_counted_as_one():
    ledger = Ledger()
    ledger.note("p", "", sketch(MIXED, "p"))
    document = review_batch(ledger.account())
    assert "What was done to 1 page<" in document
    assert ">The page<" in document


def test_sites_stand_by_share_dropped():
    ledger = Ledger()
    keeper = article(("Words of it.", Action.KEEP, None, 0.9), url="https://b.example/x")
    for page in (keeper, MIXED, replace(keeper, url=None)):
        ledger.note("p", "", sketch(page, "p"))
    assert [site.host for site in ledger.account().sites] == ["news.example", "", "b.example"]


def test_a_thousand_large_pages_stay_below_ten_megabytes():
    words = ("<b>&amp; many words to be escaped & shown</b> " * 4, Action.DROP, Reason.RELATED, 0.5)
    large = sketch(article(*[words] * 900), "large.html", room=BATCH_ROOM)
    ledger = Ledger()
    for number in range(1000):
        ledger.note(f"p{number}", "", replace(large, name=f"p{number}", site=f"s{number}.example"))
    document = review_batch(ledger.account())
    assert document.count("<template id=") == MOST_PAGES
    assert len(document.encode()) < 10_000_000


def test_the_same_pages_make_the_same_file():
    assert review_page(sketch(MIXED, "a")) == review_page(sketch(MIXED, "a"))


# The command


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SAMPLES, "pages")
    return tmp_path


def run(*args: str):
    return CliRunner().invoke(main, args, prog_name="newsclean")


def test_one_page_is_written_as_without_a_report_and_reviewed_beside(here):
    plain, reviewed = run("pages/listings.txt"), run("pages/listings.txt", "--report", "out/r.html")
    assert reviewed.exit_code == 0
    assert reviewed.stdout == plain.stdout
    document = (here / "out/r.html").read_text(encoding="utf-8")
    made = newsclean.clean(Path("pages/listings.txt"))
    assert document.count('<li class="block') == len(made.verdicts)
    assert document.count('class="is-') == len(made.paragraphs) > 5


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_folder_is_reviewed_whatever_the_number_of_workers(here, jobs):
    (here / "pages" / "empty.html").write_text("")
    done = run("pages", "-o", "clean", "--report", f"{jobs}.html", "-q", "-j", jobs)
    assert done.exit_code == 1
    document = (here / f"{jobs}.html").read_text(encoding="utf-8")
    assert "pages/empty.html" in document
    assert document.count("<template id=") == len(list(SAMPLES.iterdir()))
    run("pages", "-o", "again", "--report", "again.html", "-q", "-j", "1")
    assert (here / "again.html").read_text(encoding="utf-8") == document


def test_a_page_that_is_no_article_can_be_looked_at(here):
    Path("menu.txt").write_text("Home\n\nNews\n\nLog in\n")
    assert run("menu.txt", "--report", "r.html").exit_code == 1
    document = (here / "r.html").read_text(encoding="utf-8")
    assert "No article." in document
    assert ">Log in<" in document


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["pages/plain.txt", "--report", "pages/plain.txt"], "is an input itself"),
        (["pages", "--report", "pages/r.html", "-o", "x"], "lies among the inputs"),
        (["pages/plain.txt", "--report", "pages"], "is no file name"),
        (["pages/plain.txt", "--report", "-"], "is no file name"),
        (["pages/plain.txt", "--report", "x.txt", "-o", "x.txt"], "is the output itself"),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_report_writes_nothing_over(args, why):
    Path("x.txt").write_text("mine")
    done = run(*args)
    assert done.exit_code == 2
    assert why in done.stderr
    assert Path("x.txt").read_text() == "mine"


@pytest.mark.usefixtures("here")
def test_a_report_that_cannot_be_written_is_named():
    Path("file").write_text("")
    done = run("pages/plain.txt", "--report", "file/r.html")
    assert done.exit_code == 1
    assert done.stderr.startswith("newsclean: file/r.html cannot be written: ")
    assert done.stderr.count("\n") == 1


# In a browser

_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
CONTRAST = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const low = [];
  let seen = 0;
  for (const element of document.querySelectorAll("body *")) {
    const own = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility() || element.closest("script, style, noscript, option")) continue;
    let behind = element;
    while (behind && parse(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
    const back = light(parse(behind ? getComputedStyle(behind).backgroundColor : "rgb(255,255,255)"));
    const front = light(parse(getComputedStyle(element).color));
    const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    seen += 1;
    if (ratio < 4.5) low.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  return [seen, low];
}"""


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("there is no Chromium on this machine")
    with (
        sync_api.sync_playwright() as playwright,
        contextlib.closing(playwright.chromium.launch(executable_path=path, args=_FLAGS)) as launched,
    ):
        yield launched


@pytest.fixture
def show(browser, tmp_path):
    """Open a document; whatever goes wrong in it, or is asked of the network, fails the test at its end."""
    wrong = []
    contexts = []

    def opened(document: str, *, size=WIDE, scheme="light", anchor=""):
        file = tmp_path / "review.html"
        file.write_text(document, encoding="utf-8")
        context = browser.new_context(viewport=size, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("console", lambda said: wrong.append(f"console: {said.text}"))
        page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
        page.on("request", lambda asked: asked.url.startswith("file:") or wrong.append(f"request: {asked.url}"))
        page.goto(file.as_uri() + anchor)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def batch_of(*articles: Article) -> str:
    ledger = Ledger()
    for number, one in enumerate(articles):
        ledger.note(f"p{number}.html", "", sketch(one, f"p{number}.html"))
    ledger.note(ATTACKS[2], ATTACKS[0], None)
    return review_batch(ledger.account())


def shown(page) -> list[str]:
    return page.locator(".block:visible").evaluate_all("blocks => blocks.map(b => b.dataset.number)")


@pytest.mark.parametrize("kind", ["one", "batch"])
def test_page_text_stays_text(show, kind):
    attacked = hostile()
    document = review_page(sketch(attacked, ATTACKS[2])) if kind == "one" else batch_of(attacked, MIXED)
    page = show(document, anchor="" if kind == "one" else "#page-1")
    assert page.locator(".said").all_text_contents() == [*ATTACKS, *ATTACKS, *ATTACKS]
    assert page.locator(".body p").all_text_contents() == list(ATTACKS)
    page.get_by_label("Find").fill("<script>")
    assert page.locator("mark").count() > 0
    page.keyboard.press("Escape")
    for key in "jkjjduaa":
        page.keyboard.press(key)
    page.wait_for_timeout(100)
    assert page.evaluate("window.pwned") is None
    foreign = (
        "script, img, iframe, base, link, object, embed, svg[onload], [onfocus], [onerror], [autofocus], a[href^=java]"
    )
    assert page.locator(foreign).count() == 1
    assert page.evaluate("document.scripts.length") == 1
    assert page.locator("template template").count() == 0


def test_even_a_script_that_came_in_would_not_run(browser, tmp_path):
    file = tmp_path / "review.html"
    document = review_page(sketch(MIXED, "a"))
    file.write_text(
        document.replace("First words", "<script>window.pwned = 1</script><img src=x onerror=pwned=1>First")
    )
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    page.wait_for_timeout(100)
    assert page.evaluate("window.pwned") is None
    assert any("Content Security Policy" in line for line in said)
    page.close()


def test_switches_and_search_choose_blocks(show):
    page = show(review_page(sketch(MIXED, "a")))
    count = page.locator(".switches output")
    assert shown(page) == ["1", "2", "3", "4", "5", "6"]
    page.get_by_label("Only dropped").check()
    assert shown(page) == ["1", "4", "6"]
    assert count.text_content() == "3 of 6 blocks"
    page.get_by_label("Only uncertain").check()
    assert shown(page) == ["4"]
    page.get_by_label("Only dropped").uncheck()
    assert shown(page) == ["2", "4", "5"]
    page.get_by_label("Only uncertain").uncheck()
    page.get_by_label("Reason").select_option("related")
    assert shown(page) == ["6"]
    page.get_by_label("Reason").select_option("")
    page.get_by_label("Find").fill("story")
    assert shown(page) == ["3", "5"]
    assert page.locator("mark").first.text_content() == "story"
    page.get_by_label("Find").fill("")
    assert page.locator("mark").count() == 0
    assert count.text_content() == "6 blocks"


def test_keys_walk_and_switch(show):
    page = show(review_page(sketch(MIXED, "a")))
    at = "document.activeElement.dataset.number"
    page.keyboard.press("d")
    assert shown(page) == ["1", "4", "6"]
    for key, number in (("j", "1"), ("j", "4"), ("j", "6"), ("j", "6"), ("k", "4")):
        page.keyboard.press(key)
        assert page.evaluate(at) == number
    page.keyboard.press("u")
    assert shown(page) == ["4"]
    page.keyboard.press("a")
    assert len(shown(page)) == 6
    page.keyboard.press("j")
    assert page.evaluate(at) == "5"
    assert page.locator(".body .here").text_content().startswith("Second words")
    page.keyboard.press("f")
    page.keyboard.type("ju")
    assert page.get_by_label("Find").input_value() == "ju"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    assert dialog.is_visible()
    page.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_a_paragraph_leads_to_its_block_and_the_block_shows_it(show):
    page = show(review_page(sketch(MIXED, "a")))
    outline = "number => getComputedStyle(document.querySelector(`[data-number='${number}']`)).outlineStyle"
    assert page.evaluate(outline, "5") == "none"
    page.locator(".body p").nth(1).click()
    assert page.evaluate("document.activeElement.dataset.number") == "5"
    assert page.evaluate(outline, "5") == "solid"
    page.keyboard.press("k")
    assert page.evaluate(outline, "5") == "none"
    assert page.locator("[aria-current]").evaluate_all("all => all.map(b => b.dataset.number)") == ["4"]


def test_a_search_is_left_without_being_lost(show):
    page = show(review_page(sketch(MIXED, "a")))
    page.keyboard.press("f")
    page.keyboard.type("or")
    marked = page.locator(".block:has(mark)").evaluate_all("all => all.map(b => b.querySelectorAll('mark').length)")
    assert marked == [2, 1, 2]  # words of the story; for; More stories
    found = shown(page)
    page.keyboard.press("Escape")
    assert page.get_by_label("Find").input_value() == "or"
    assert shown(page) == found
    page.keyboard.press("/")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.number") == found[0]
    page.keyboard.press("a")
    assert len(shown(page)) == 6


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["one", "batch"])
def test_text_is_legible_in_both_themes_and_fits(show, kind, scheme, size):
    document = review_page(sketch(MIXED, "a")) if kind == "one" else batch_of(MIXED, hostile())
    page = show(document, scheme=scheme, size=size)
    seen, low = page.evaluate(CONTRAST)
    assert low == []
    assert seen > 30
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.keyboard.press("t")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert page.evaluate(CONTRAST)[1] == []


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_heads_and_figures_are_not_broken_into_pieces(show, size):
    ledger = Ledger()
    reasons = dict.fromkeys(Reason, 1_234_567)
    for number in range(3):
        page = sketch(replace(MIXED, title="Long words of a headline " * 5), f"folder/of/pages/page-{number}.html")
        ledger.note("p", "", replace(page, kept=12_345, dropped=12_345, moved=12, reasons=reasons))
    ledger.note("folder/empty.html", "empty: there is no text to clean", None)
    page = show(review_batch(ledger.account()), size=size)
    broken = """() => Array.from(document.querySelectorAll("thead th, .bars th, .bars td, .pages td:not(.text)"))
      .filter((cell) => cell.checkVisibility() && !cell.querySelector("svg"))
      .filter((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return new Set(Array.from(range.getClientRects()).map((box) => Math.round(box.top))).size > 1;
      }).map((cell) => cell.textContent)"""
    assert page.evaluate(broken) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_least_bar_can_be_seen():
    ledger = Ledger()
    for number in range(300):
        page = sketch(replace(MIXED, confidence=0.99 if number else 0.5), "a")
        ledger.note("p", "", replace(page, reasons={"ad": 1} if number == 0 else {"navigation": 500}))
    document = review_batch(ledger.account())
    assert document.count('height="2.0"') == 1
    assert 'width="0.5" height="8"' in document


def test_a_page_without_a_title_is_named_once():
    ledger = Ledger()
    ledger.note("p", "", sketch(replace(MIXED, title=None), "folder/a.html", error="no article"))
    overview, _ = review_batch(ledger.account()).split('<div id="view"')
    assert overview.count("folder/a.html") == 2  # in the list, and among the failures
    assert "<small>no article</small>" in overview


def test_actions_differ_in_more_than_colour(show):
    page = show(review_page(sketch(MIXED, "a")))
    verdicts = [" ".join(text.split()) for text in page.locator(".verdict").all_text_contents()]
    assert verdicts[:3] == ["− dropped navigation 0.01", "→ moved to title 0.40 uncertain", "+ kept 0.99"]


def test_landmarks_and_names_for_screen_readers(show):
    page = show(review_page(sketch(MIXED, "a")))
    for role in ("banner", "main", "contentinfo", "search"):
        assert page.get_by_role(role).count() == 1, role
    for name in ("The story as cleaned", "All blocks of the page"):
        assert page.get_by_role("region", name=name).count() == 1
    assert page.get_by_role("heading", level=1).all_text_contents() == ["A headline"]
    assert page.locator(".switches output").get_attribute("aria-live") == "polite"


def test_pages_of_a_batch_are_drawn_when_they_are_opened(show):
    page = show(batch_of(MIXED, replace(MIXED, title="Another", confidence=0.95)))
    assert page.locator(".block").count() == 0
    assert page.get_by_role("img").count() == 2
    page.get_by_role("link", name="Another").click()
    assert page.get_by_role("heading", level=1).text_content() == "Another"
    assert len(shown(page)) == 6
    assert not page.locator("#overview").is_visible()
    page.keyboard.press("d")
    assert len(shown(page)) == 3
    page.get_by_role("link", name="All pages").click()
    assert page.locator("#overview").is_visible()
    assert page.locator(".block").count() == 0
    page.go_back()
    assert len(shown(page)) == 6


def test_without_scripts_a_page_can_still_be_read(browser, tmp_path):
    file = tmp_path / "review.html"
    file.write_text(review_page(sketch(MIXED, "a")), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator(".block").count() == 6
    assert "First words of the story." in page.get_by_role("main").inner_text()
    context.close()
