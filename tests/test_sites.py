"""Site memory: what comes back on the pages of a site is dropped, and nothing of any story ever is."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsclean
from newsclean import Options, Reason, SiteMemory, Source, UsageError, learn_sites, merge_sites
from newsclean.rules.parse import parse_rules
from newsclean.sites import gathering
from newsclean.sites.belonging import belonging, words_of
from newsclean.sites.gathering import Gathering
from newsclean.sites.pieces import mass_of, pieces_of, unquoted
from newsclean.sites.sighting import Seen, Sighting, key_of, site_of
from newsclean.sites.stock import Stock, take_stock

SAMPLES = Path(__file__).parents[1] / "samples"
FORCED = Options(force=True)
PEOPLE = "Orlov Malin Bertrand Quist Yarrow Castell Domingo Eckhart Farkas Grimaldi Haddad Ibsen Jurado Kessler".split()
TOWNS = "Ellen Vardo Lindau Tavira Brno Kaunas Perugia Odense Gdynia Utrecht Bergen Zadar Chania Trieste".split()
THINGS = "bridge library ferry orchard quarry hospital stadium museum school lighthouse tramway mill pier abbey".split()

APPEAL = (
    "Nobody owns us and nothing here is for sale. Become a member, give what you like each month, and we can go on "
    "printing what others would rather not read."
)
LEGAL = "Copying or passing on what is printed here needs the consent of our publishing house. Number {n}-{n}/7"
BACKGROUND = (
    "The dispute over the mill of Vardo began eleven years before that vote, when mayor Castell refused to sign the "
    "contract with the harbour board and its engineers, and a court in Vardo ruled against Castell and the council."
)


def story(number: int, *lines: str, about: int | None = None) -> list[str]:
    """Paragraphs of a story like no other, with lines after the third one and at the end."""
    kind = number if about is None else about
    person, town, thing = PEOPLE[kind % 14], TOWNS[kind * 3 % 14], THINGS[kind * 5 % 14]
    other, second = PEOPLE[(number * 7 + 3) % 14], TOWNS[(number * 11 + 5) % 14]
    told = [
        f"The council of {town} voted on Tuesday to rebuild the {thing} that {person} closed {number + 3} years ago.",
        f"“Without the {thing} there is no {town},” said {other}, who came from {second} to watch vote {number}.",
        f"{person} had argued in letter {number} that {second} would pay for the {thing}, and {other} laughed at that.",
        f"The repairs will cost {number * 7 + 12} million, according to a report that {other} read out in {town}.",
        f"In {second}, where {person} was born, {number + 40} people signed a petition to move the {thing} there.",
        f"Work in {town} starts when the {number + 2} engineers whom {other} has hired are back from {second}.",
    ]
    return [*told[:3], *lines[:1], *told[3:], *lines[1:]]


def headline_of(number: int) -> str:
    return f"Vote number {number} on the {THINGS[number * 5 % 14]}: {PEOPLE[number % 14]} gives in"


def page(number: int, *lines: str, about: int | None = None, title: str = "") -> str:
    """A page with such a story."""
    body = "".join(f"<p>{text}</p>" for text in story(number, *lines, about=about))
    headline = title or headline_of(number)
    return (
        f"<!doctype html><html lang=en><head><title>{headline}</title></head><body><nav><a href=/>Home</a></nav>"
        f"<article><h1>{headline}</h1>{body}</article></body></html>"
    )


def source(number: int, *lines: str, host: str = "post.example", **more) -> Source:
    url = f"https://www.{host}/{number}"
    return Source(url, content=page(number, *lines, **more), url=url)


def memory_of(folder: Path, sources: list[Source]) -> SiteMemory:
    learn_sites(sources, folder / "memory", jobs=0)
    return SiteMemory(folder / "memory")


def cleaned(one: Source, memory: SiteMemory | None = None, **more) -> newsclean.Article:
    return newsclean.clean(one.content, url=one.url, options=Options(force=True, site_memory=memory, **more))


def reasons(article: newsclean.Article) -> dict[str, Reason | None]:
    return {verdict.block.text: verdict.reason for verdict in article.verdicts}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site of fourteen stories with lines of its own, and what is remembered of it."""
    sources = [source(number, APPEAL, LEGAL.format(n=number * 31 + 7)) for number in range(14)]
    return sources, memory_of(tmp_path_factory.mktemp("site"), sources)


def test_the_site_s_own_lines_are_dropped_and_no_sentence_of_any_story(site):
    sources, memory = site
    for number, one in enumerate(sources):
        before, after = cleaned(one), cleaned(one, memory)
        own = {APPEAL, LEGAL.format(n=number * 31 + 7)}
        assert own <= {text for text, reason in reasons(before).items() if reason is None}
        assert {text for text, reason in reasons(after).items() if reason is Reason.REPEATED_ON_SITE} == own
        assert [p.text for p in after.paragraphs] == [p.text for p in before.paragraphs if p.text not in own]
        assert set(story(number)) <= {p.text for p in after.paragraphs}


def test_a_memory_works_for_a_page_that_it_never_saw(site):
    _, memory = site
    new = source(77, APPEAL)
    assert reasons(cleaned(new, memory))[APPEAL] is Reason.REPEATED_ON_SITE
    assert reasons(cleaned(Source("", content=new.content, url="https://elsewhere.example/1"), memory))[APPEAL] is None
    assert reasons(cleaned(Source("", content=new.content), memory))[APPEAL] is None


def test_flattened_text_is_learned_from_and_cleaned_alike(tmp_path):
    texts = ["\n\n".join([headline_of(n), *story(n, APPEAL)]) for n in range(14)]
    sources = [Source(f"{n}", content=text, url=f"http://post.example/{n}") for n, text in enumerate(texts)]
    memory = memory_of(tmp_path, sources)
    for number, one in enumerate(sources):
        assert [p.text for p in cleaned(one, memory).paragraphs] == story(number)


def test_what_a_page_declares_tells_its_site(tmp_path):
    def declared(number: int) -> Source:
        link = f"<link rel=canonical href='https://post.example/{number}'></head>"
        return Source(f"{number}.html", content=page(number, APPEAL).replace("</head>", link))

    memory = memory_of(tmp_path, [declared(number) for number in range(14)])
    assert reasons(cleaned(declared(3), memory))[APPEAL] is Reason.REPEATED_ON_SITE


def unchanged(sources: list[Source], memory: SiteMemory) -> bool:
    return all(cleaned(one).verdicts == cleaned(one, memory).verdicts for one in sources)


@pytest.mark.parametrize("sample", ["listings.html", "german.html", "live-blog.html", "listings.txt", "japanese.txt"])
@pytest.mark.parametrize("addresses", [1, 2, 12])
def test_a_page_seen_at_any_number_of_addresses_changes_nothing(tmp_path, sample, addresses):
    content = (SAMPLES / sample).read_text(encoding="utf-8")
    sources = [Source(f"{n}", content=content, url=f"https://post.example/{n}?from=letter") for n in range(addresses)]
    assert unchanged(sources, memory_of(tmp_path, sources * 2))


def test_a_story_that_other_sites_have_too_changes_nothing(tmp_path):
    sources = [source(5, APPEAL, host=f"paper{n}.example") for n in range(12)]
    assert unchanged(sources, memory_of(tmp_path, sources))


def test_a_story_that_grows_at_ever_new_addresses_changes_nothing(tmp_path):
    told = [text for number in range(10) for text in story(number)]
    body = ["".join(f"<p>{text}</p>" for text in told[max(0, n * 5 - 30) : 20 + n * 5]) for n in range(9)]
    pages = [f"<html><head><title>Harbour vote {n}</title></head><body>{text}</body>" for n, text in enumerate(body)]
    sources = [Source(f"{n}", content=text, url=f"https://post.example/live-{n}") for n, text in enumerate(pages)]
    assert unchanged(sources, memory_of(tmp_path, sources))


def test_a_story_in_pages_changes_nothing(tmp_path):
    sources = [source(number, about=3, title="The long quarrel over the mill of Brno") for number in range(6)]
    first = story(3)[0]
    paged = [
        Source(one.url, content=one.content.replace("<article><h1>", f"<article><p>{first}</p><h1>"), url=one.url)
        for one in sources
    ]
    assert unchanged(paged, memory_of(tmp_path, paged))


def test_the_background_of_an_event_stays_in_every_story_about_it(tmp_path):
    sources = []
    for number in range(20):
        one = source(number, BACKGROUND)
        town, thing = TOWNS[number * 3 % 14], THINGS[number * 5 % 14]
        content = (
            one.content.replace(town, "Vardo").replace(thing, "mill").replace("council", "council and mayor Castell")
        )
        sources.append(
            Source(
                one.url,
                content=content.replace(BACKGROUND.replace("council", "council and mayor Castell"), BACKGROUND),
                url=one.url,
            )
        )
    memory = memory_of(tmp_path, sources)
    assert memory.stock_of("post.example").size > 10
    assert all(reasons(cleaned(one, memory))[BACKGROUND] is None for one in sources)


def test_first_sentences_that_other_pages_quote_stay_on_their_own(tmp_path):
    sources = []
    for number in range(14):
        one = source(number)
        quoted = "".join(
            f"<div><a href=/{n}>Vote number {n} on the {THINGS[n * 5 % 14]}: {PEOPLE[n % 14]} gives in</a>"
            f"<p>{story(n)[0]}</p></div>"
            for n in range(4)
        )
        content = one.content.replace("</article>", f"</article><div>{quoted}</div>")
        sources.append(Source(one.url, content=content, url=one.url))
    memory = memory_of(tmp_path, sources)
    for number, one in enumerate(sources[:4]):
        assert story(number)[0] in {p.text for p in cleaned(one, memory).paragraphs}


def test_subheads_and_short_answers_stay(tmp_path):
    sources = [source(number, "What happens next", "Nobody was hurt.") for number in range(20)]
    memory = memory_of(tmp_path, sources)
    for one in sources:
        assert {"What happens next", "Nobody was hurt."} <= {p.text for p in cleaned(one, memory).paragraphs}


def test_a_page_of_nothing_else_stays(site):
    _, memory = site
    content = f"<!doctype html><html><body><article><p>{APPEAL}</p></article></body></html>"
    one = Source("", content=content, url="https://post.example/404")
    assert reasons(cleaned(one, memory)) == reasons(cleaned(one))


def test_wishes_and_rules_of_the_user_s_own_go_before(site, tmp_path):
    sources, memory = site
    assert reasons(cleaned(sources[2], memory, keep=("repeated-on-site",)))[APPEAL] is None
    table = {"phrase": [{"name": "appeal", "keep": ["Nobody owns us"]}]}
    rules = parse_rules(table, lambda *keys: str(keys), tmp_path)
    assert reasons(cleaned(sources[2], memory, rules=rules))[APPEAL] is None


def test_a_drop_without_a_better_reason_gets_this_one(site):
    _, memory = site
    aside = source(3).content.replace("</article>", f"</article><aside><p>{APPEAL}</p></aside>")
    one = Source("", content=aside, url="https://post.example/3")
    before, after = cleaned(one), cleaned(one, memory)
    if reasons(before)[APPEAL] is Reason.NOT_THE_STORY:
        assert reasons(after)[APPEAL] is Reason.REPEATED_ON_SITE
    else:
        assert reasons(after)[APPEAL] in {reasons(before)[APPEAL], Reason.REPEATED_ON_SITE}


# what is learned, and how it is merged

NUMBERS = st.integers(0, 30)
SEEN = st.builds(
    Seen,
    marks=st.sets(NUMBERS, max_size=2).map(sorted).map(tuple),
    kept=st.dictionaries(NUMBERS, st.integers(0, 100), max_size=8).map(lambda kept: tuple(sorted(kept.items()))),
    dropped=st.sets(NUMBERS, max_size=3).map(sorted).map(tuple),
    pointed=st.sets(NUMBERS, max_size=3).map(sorted).map(tuple),
)
SIGHTINGS = st.lists(
    st.builds(
        lambda site, page, seen: Sighting(site, key_of(f"https://{site}/{page}"), seen.packed()),
        st.sampled_from(["a.example", "b.example"]),
        st.integers(0, 12),
        SEEN,
    ),
    max_size=25,
)
FEW = settings(max_examples=25, deadline=None)


@contextlib.contextmanager
def six_a_site():
    """A site is remembered by six pages, so that some have to be let go."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "MOST", 6)
        patch.setattr(gathering, "_CROWD", 9)
        yield


def written(path: Path, sightings: list[Sighting], *others: Path) -> bytes:
    path.unlink(missing_ok=True)
    with Gathering() as gathered:
        for other in others:
            gathered.add_file(other)
        for sighting in sightings:
            gathered.add(sighting)
        gathered.write(path)
    return path.read_bytes()


@FEW
@given(one=SIGHTINGS, two=SIGHTINGS, three=SIGHTINGS)
def test_merging_is_associative_commutative_and_idempotent(tmp_path_factory, one, two, three):
    folder = tmp_path_factory.mktemp("merge")
    with six_a_site():
        a, b, c, ab, bc = (folder / name for name in ("a", "b", "c", "ab", "bc"))
        together = written(folder / "all", [*one, *two, *three])
        for path, sightings in ((a, one), (b, two), (c, three)):
            written(path, sightings)
        assert written(ab, [], a, b) == written(folder / "ba", [], b, a)
        written(bc, [], b, c)
        assert written(folder / "1", [], ab, c) == written(folder / "2", [], a, bc) == together
        assert written(folder / "3", list(reversed([*one, *three])), b, ab, b) == together
        merge_sites(a, [b, c, a])
        assert a.read_bytes() == together


@FEW
@given(SIGHTINGS)
def test_pages_that_would_be_let_go_need_not_be_looked_at(sightings):
    with six_a_site(), Gathering() as gathered:
        for sighting in sightings:
            gathered.add(sighting)
        gathered.count()
        known = {key for site, key, _ in gathered._sightings() if site == "a.example"}
        lowest = set(sorted({one.key for one in sightings if one.site == "a.example"})[:6])
        assert known == lowest
        for number in range(13):
            url = f"http://www.a.example/{number}/#top"
            assert gathered.wants(url) or key_of(url) not in lowest


@given(SEEN)
def test_what_was_seen_is_read_as_it_was_written(seen):
    assert Seen.unpacked(seen.packed()) == seen


@given(st.binary(max_size=40))
def test_bytes_that_are_no_sighting_are_told(data):
    with contextlib.suppress(ValueError):
        assert Seen.unpacked(data).packed()


@given(st.lists(SEEN, max_size=12), st.randoms())
def test_what_comes_back_does_not_depend_on_the_order_or_on_copies(pages, random):
    stock = take_stock(pages)
    shuffled = [*pages, *pages[:3]]
    random.shuffle(shuffled)
    again = take_stock(shuffled)
    assert (stock.size, stock.packed()) == (again.size, again.packed())
    assert Stock.unpacked(stock.size, stock.packed()).packed() == stock.packed()
    assert stock.size <= len(pages)


@given(SEEN, st.integers(1, 9))
def test_one_story_is_one_whatever_is_around_it(seen, copies):
    pages = [Seen((), seen.kept, (number + 100,), (number + 200,)) for number in range(copies)]
    assert take_stock(pages).size == (1 if seen.kept else 0)


def test_addresses_and_sites():
    assert site_of("https://www.Post.example:8080/a") == "post.example"
    assert site_of("no address") == site_of(None) == site_of("http://[broken/") == ""
    assert key_of("http://post.example/a/#b") == key_of("https://www.post.example/a")
    assert key_of("http://post.example/a?id=1") != key_of("http://post.example/a?id=2")


def test_pieces_tell_sentences_and_see_past_numbers():
    one, two = pieces_of("The bridge is closed until further notice. It was built in 1931 by the city.")
    assert one.exact == one.loose
    assert two.exact != two.loose
    (other,) = pieces_of("It was built in 1874 by the city!")
    assert (other.loose, other.exact == two.exact) == (two.loose, False)
    assert pieces_of("12.") == pieces_of("***") == pieces_of("") == ()
    assert len(pieces_of("Mr. Orlov came late. He did. So did he.")) == 1
    assert len(pieces_of("市議会は火曜日、橋を春まで閉鎖することを決めた。議長は反対した議員に感謝した。")) == 2
    assert unquoted("First printed as The ferry is late again, in May", "The ferry is late again") == (
        "First printed as  , in May"
    )


@given(st.text())
def test_any_text_has_pieces_and_words(text):
    assert sum(piece.mass for piece in pieces_of(text)) <= mass_of(text) + 5 * text.count(" ") + 5
    assert 0 <= belonging(words_of(text), words_of(text[::2])) <= 100


def test_fingerprints_are_the_same_in_every_process():
    program = "from newsclean.sites.pieces import pieces_of; print(pieces_of('The ferry is late, again: 12 hours.'))"
    told = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("0", "1")
    }
    assert len(told) == 1
    assert b"exact=" in told.pop()


# files


def test_what_is_no_site_memory_is_told_in_one_line(tmp_path, site):
    _, memory = site
    whole = memory.path.read_bytes()
    later = tmp_path / "later"
    later.write_bytes(whole)
    with sqlite3.connect(later) as base:
        base.execute("PRAGMA user_version = 99")
    base.close()
    other = tmp_path / "other"
    with sqlite3.connect(other) as base:
        base.execute("CREATE TABLE about (digest TEXT)")
    base.close()
    cases = {"torn": whole[:2000], "text": b"not this", "empty": b"", "noise": whole[:100] + b"\xff" * 8000}
    for name, content in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UsageError, match="no site memory of newsclean") as caught:
            SiteMemory(tmp_path / name)
        assert "\n" not in str(caught.value)
        with pytest.raises(UsageError):
            learn_sites([source(1)], tmp_path / name, jobs=0)
        assert (tmp_path / name).read_bytes() == content
    with pytest.raises(UsageError, match="later newsclean"):
        SiteMemory(later)
    with pytest.raises(UsageError, match="no site memory"):
        SiteMemory(other)
    with pytest.raises(UsageError, match="there is no such"):
        SiteMemory(tmp_path / "none")
    assert not list(tmp_path.glob(".newsclean*"))


def test_what_is_no_file_is_no_memory(tmp_path):
    (tmp_path / "folder").mkdir()
    for call in (
        SiteMemory,
        lambda path: learn_sites([source(1)], path, jobs=0),
        lambda path: merge_sites("k", [path]),
    ):
        with pytest.raises(UsageError, match="folder is a folder; a site memory is a file"):
            call(tmp_path / "folder")
        with pytest.raises(UsageError, match="site memory: 3 is no path of a file"):
            call(3)


def test_a_memory_that_cannot_be_opened_is_wrong_usage(tmp_path, monkeypatch):
    def connect(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    (tmp_path / "memory").write_bytes(b"")
    monkeypatch.setattr(sqlite3, "connect", connect)
    with pytest.raises(UsageError, match="memory cannot be read: unable to open"):
        SiteMemory(tmp_path / "memory")


def test_memories_are_merged_from_a_list_of_some(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"'k.sites' is one path; give a list of them, \['k.sites'\]"):
        merge_sites("m.sites", "k.sites")
    with pytest.raises(UsageError, match="there is no site memory to merge"):
        merge_sites("m.sites", [])
    assert not list(tmp_path.iterdir())


def test_a_memory_can_be_pickled_and_carried(site):
    _, memory = site
    other = pickle.loads(pickle.dumps(Options(site_memory=memory)))
    assert other == Options(site_memory=memory)
    carried = pickle.loads(pickle.dumps(memory.carried()))
    assert carried == memory
    assert hash(carried) == hash(memory)
    assert carried.stock_of("post.example").packed() == memory.stock_of("post.example").packed()
    assert carried.stock_of("none.example") is None
    assert repr(carried) == repr(memory)


def test_an_open_memory_stays_what_it_was_when_the_file_grows(tmp_path):
    memory = memory_of(tmp_path, [source(number, APPEAL) for number in range(12)])
    before = memory.stock_of("post.example").packed()
    learn_sites([source(number, APPEAL) for number in range(30, 40)], memory.path, jobs=0)
    assert memory.stock_of("post.example").packed() == before
    assert memory.stock_of("other.example") is None
    assert SiteMemory(memory.path) != memory


def test_learning_is_the_same_in_any_order_and_by_any_number_of_workers(tmp_path):
    sources = [source(number, APPEAL, host=f"paper{number % 3}.example") for number in range(30)]
    broken = [Source("x", error="lost"), Source("y", content=b"", url="https://paper1.example/empty")]
    assert learn_sites([*sources, *broken], tmp_path / "a", jobs=0) == (30, 3)
    learn_sites(sources[::-1], tmp_path / "b", jobs=2)
    for part in (sources[:11], sources[5:], sources[:3]):
        learn_sites(part, tmp_path / "c", jobs=0)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() == (tmp_path / "c").read_bytes()


def test_articles_say_why_in_json_too(site):
    sources, memory = site
    blocks = json.loads(json.dumps(cleaned(sources[1], memory).to_dict()))["blocks"]
    assert [block["text"] for block in blocks if block["reason"] == "repeated-on-site"][:1] == [APPEAL]
