"""Sources: packed files, JSON Lines, WARC, Parquet and lists of paths, with their faults."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from newsclean.batch.formats.containers import Reading, kind_of, spread
from newsclean.batch.formats.unpack import unzstd
from newsclean.batch.job import Job
from newsclean.batch.outcome import Source
from newsclean.batch.sources import Inputs
from newsclean.batch.workers.hand import Hand, Place
from newsclean.cli import main
from newsclean.errors import UnreadableSource
from newsclean.options import Options

STORY = "The council met on Tuesday evening to talk about the long delayed bridge and voted for it in the end."
KEEP_ALL = Job(Options(force=True, threshold=0.0), form="article")


def records(path: Path, reading: Reading | None = None) -> list[Source]:
    inputs = Inputs.of([str(path)], folder=None, suffix=".txt", limit=1000)
    return [source.opened for source in spread(inputs, reading or Reading(limit=10_000))]


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def packed(suffix: str, data: bytes) -> bytes:
    if suffix == ".gz":
        return gzip.compress(data)
    if suffix == ".zst":
        return pytest.importorskip("zstandard").compress(data)
    return data


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jsonl", "jsonl"),
        ("a.ndjson.gz", "jsonl"),
        ("A.JSONL.ZST", "jsonl"),
        ("CC-NEWS-2020.warc.gz", "warc"),
        ("x.warc.wet.gz", "warc"),
        ("x.warc", "warc"),
        ("part.0.parquet", "parquet"),
        ("jsonl", None),
        ("a.json", None),
        ("a.html.gz", None),
        ("warc.gz", None),
        ("about-parquet.html", None),
        ("a.gz", None),
        ("", None),
    ],
)
def test_a_name_says_what_a_file_holds(name, kind):
    assert kind_of(name) == kind


# Packed pages


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_packed_pages_are_the_pages(tmp_path, suffix):
    path = write(tmp_path / f"a.txt{suffix}", packed(suffix, f"{STORY} One more line here.\n".encode()))
    outcome = KEEP_ALL.do(Source("a", path))
    assert outcome.error == ""
    assert outcome.article.text == f"{STORY} One more line here."
    assert KEEP_ALL.do(Source("a", content=path.read_bytes())).article.text == outcome.article.text


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_bomb_is_one_line(tmp_path, suffix):
    bomb = packed(suffix, b"\n" * 30_000_000)
    assert len(bomb) < 100_000
    outcome = KEEP_ALL.do(Source("a", write(tmp_path / f"a.html{suffix}", bomb)))
    assert outcome.error.startswith("too large: more than 20")


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_a_file_larger_than_allowed_is_called_so_packed_or_not(tmp_path, suffix):
    import random

    noise = random.Random(1).randbytes(20_000).hex().encode()  # hard to pack
    path = write(tmp_path / f"a.txt{suffix}", packed(suffix, noise))
    assert path.stat().st_size > 9_000
    for source in (Source("a", path), Source("a", content=path.read_bytes())):
        assert Job(Options(max_bytes=9_000)).do(source).error.startswith("too large: more than 9")


def test_zstd_of_several_frames_and_broken_ones():
    zstandard = pytest.importorskip("zstandard")
    frames = zstandard.compress(b"one ") + zstandard.compress(b"two" * 20_000)
    assert unzstd(frames, 100_000) == b"one " + b"two" * 20_000
    for broken, why in [(frames[:-5], "truncated"), (frames[:4] + b"\xff" * 40, "corrupt"), (frames + b"x", "zstd")]:
        with pytest.raises(UnreadableSource, match=why):
            unzstd(broken, 100_000)


@given(st.binary(max_size=200), st.integers(1, 300))
def test_unpacking_keeps_within_its_limit(data, limit):
    zstandard = pytest.importorskip("zstandard")
    if len(data) <= limit:
        assert unzstd(zstandard.compress(data), limit) == data
    else:
        with pytest.raises(UnreadableSource, match="too large"):
            unzstd(zstandard.compress(data), limit)


def test_a_missing_extra_is_one_line_with_the_command(tmp_path, monkeypatch):
    for module in ("zstandard", "fastwarc", "fastwarc.warc", "pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, module, None)
    for name, data, extra in [
        ("a.warc.gz", b"", "warc"),
        ("a.parquet", b"PAR1", "parquet"),
        ("a.jsonl.zst", b"\x28\xb5\x2f\xfd", "zstd"),
    ]:
        (source,) = records(write(tmp_path / name, data))
        assert source.error.endswith(f"pip install 'newsclean[{extra}]'")
    outcome = KEEP_ALL.do(Source("a", write(tmp_path / "a.html.zst", b"\x28\xb5\x2f\xfdxx")))
    assert outcome.error.endswith("pip install 'newsclean[zstd]'")


# JSON Lines


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_json_lines_give_their_pages_with_all_other_fields(tmp_path, suffix):
    lines = [
        {"id": 7, "url": "https://a.example/1", "html": "<p>One</p>", "tags": ["x", None], "text": "not this one"},
        {"content": "Žluť"},
    ]
    data = b"\n".join(json.dumps(line).encode() for line in lines) + b"\n\n \n"
    one, other = records(write(tmp_path / f"a.jsonl{suffix}", packed(suffix, data)))
    assert (one.content, one.url, one.offset) == ("<p>One</p>", "https://a.example/1", 1)
    assert json.loads(one.fields) == {"id": 7, "tags": ["x", None], "text": "not this one"}
    assert (other.content, other.url, other.offset, other.fields) == ("Žluť", None, 2, "")
    assert one.label == f"{tmp_path}/a.jsonl{suffix}:1"


def test_fields_are_named(tmp_path):
    path = write(tmp_path / "a.jsonl", b'{"body": "Text", "html": "no", "link": "https://a.example/"}\n')
    (source,) = records(path, Reading(field="body", url_field="link"))
    assert (source.content, source.url, json.loads(source.fields)) == ("Text", "https://a.example/", {"html": "no"})


@pytest.mark.parametrize("url", [7, True, ["https://a.example/"], {"href": "https://a.example/"}])
def test_an_address_that_is_no_text_is_passed_through(tmp_path, url):
    (source,) = records(write(tmp_path / "a.jsonl", json.dumps({"text": "Text", "url": url}).encode()))
    assert (source.url, json.loads(source.fields)) == (None, {"url": url})


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"[1]", "no JSON object"),
        (b"1" * 9_000, "no JSON"),
        (b'{"id": 1}', "no field html or text or content"),
        (b'{"html": null}', "no field html"),
        (b'{"text": 5}', "holds no text"),
        (b'{"text": "' + b"x" * 1_040_000 + b'"}', "too large"),
    ],
)
def test_a_bad_line_costs_only_itself(tmp_path, line, why):
    good = b'{"text": "One"}\n'
    before, bad, after = records(write(tmp_path / "a.jsonl", good + line + b"\n" + good))
    assert why in bad.error
    assert bad.offset == 2
    assert (before.error, after.error) == ("", "")
    assert after.offset == 3


def test_an_endless_line_ends_the_file_in_bounded_memory(tmp_path):
    bomb = gzip.compress(b'{"text": "One"}\n' + b"x" * 25_000_000 + b'\n{"text": "Two"}\n')
    one, endless = records(write(tmp_path / "a.jsonl.gz", bomb))
    assert one.content == "One"
    assert endless.error.endswith("the rest of the file is not read")


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_broken_archive_names_the_place(tmp_path, suffix):
    import random

    noise = random.Random(1).randbytes(60_000).hex()  # hard to compress, so that half of the file is many lines
    lines = [
        json.dumps({"text": f"{number} {noise[number * 50 : number * 50 + 50]}"}).encode() for number in range(2000)
    ]
    data = packed(suffix, b"\n".join(lines))
    *good, end = records(write(tmp_path / f"a.jsonl{suffix}", data[: len(data) // 2]))
    assert len(good) > (10 if suffix == ".gz" else -1)  # zstd hands out whole blocks
    assert all(not source.error for source in good)
    assert end.error == "truncated: the end of the file is missing; fetch it again (the lines before it are read)"
    assert end.offset == len(good) + 1


def test_lines_are_found_wherever_reading_is_interrupted(tmp_path, monkeypatch):
    lines = [b'{"text": "One"}', b"", b" " * 20, b'{"text": "%s"}' % (b"x" * 30), b'  {"text": "Three"}', b"\r", b"{"]
    for piece in (1, 7, 16, 1000):
        monkeypatch.setattr("newsclean.batch.formats.jsonlines._PIECE", piece)
        for end in (b"", b"\n"):
            sources = records(write(tmp_path / "a.jsonl", b"\n".join(lines) + end))
            assert [(s.offset, s.content) for s in sources] == [(1, "One"), (4, "x" * 30), (5, "Three"), (7, None)]
            assert sources[-1].error == "this line is no JSON"
            assert [s.begin for s in sources] == [0, 38, 81, 103]


def test_a_file_that_became_shorter_says_so(tmp_path):
    path = write(tmp_path / "a.jsonl", b'{"text": "One"}\n{"text": "Two"}\n')
    one, other = spread([Source("a", path)], Reading())
    write(path, b'{"text": "One"}\n{"te')
    assert one.opened.content == "One"
    assert other.opened.error == "cannot be read: the file became shorter meanwhile"
    path.unlink()
    assert one.opened.error == "cannot be read: no such file or directory"


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_a_line_that_a_worker_dies_of_keeps_its_address(tmp_path, suffix):
    line = b'{"text": "One", "url": "https://a.example/1"}\n'
    (source,) = spread([Source("a", write(tmp_path / f"a.jsonl{suffix}", packed(suffix, line)))], Reading())
    hand = Hand()
    place = Place(source, hand)
    assert hand.size == (len(line) if suffix else 0)
    place.fail("it died")
    assert (place.outcome.error, place.outcome.source.url) == ("it died", "https://a.example/1")
    assert (hand.size, place.outcome.source.held) == (0, 0)


def test_halves_of_characters_do_no_harm(tmp_path):
    line = rb'{"text": "%s \ud83d end of it", "note": "\udc00", "nan": NaN, "url": "\ud800"}' % STORY.encode()
    (source,) = records(write(tmp_path / "a.jsonl", line))
    outcome = Job(Options(force=True, threshold=0.0), form="jsonl").do(source)
    data = json.loads(outcome.written)
    assert data["input"] == {"note": "?", "nan": None}
    assert data["text"].endswith("\ufffd end of it")
    assert "\ufffd end of it" in outcome.written.decode()


def test_a_record_names_its_place_and_keeps_its_fields(tmp_path):
    path = write(tmp_path / "a.jsonl", json.dumps({"text": STORY, "id": 3, "url": "https://a.example/x"}).encode())
    (source,) = records(path)
    data = json.loads(Job(Options(force=True, threshold=0.0), form="jsonl").do(source).written)
    assert list(data)[:4] == ["source", "offset", "input", "schema"]
    assert (data["source"], data["offset"], data["input"]) == (str(path), 1, {"id": 3})
    assert data["url"] == "https://a.example/x"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.text(max_size=6), JSON, max_size=5), st.sampled_from([".jsonl", ".jsonl.gz"]))
def test_no_field_is_lost(tmp_path_factory, fields, suffix):
    fields = {key: value for key, value in fields.items() if key not in {"text", "url", "html", "content"}}
    line = json.dumps({**fields, "text": "Text"}).encode()
    path = write(tmp_path_factory.mktemp("lines") / f"a{suffix}", packed(suffix.removeprefix(".jsonl"), line))
    (source,) = records(path)
    assert source.content == "Text"
    assert (json.loads(source.fields) if source.fields else {}) == fields


NUMBER = st.from_regex(r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?", fullmatch=True)


@given(st.lists(NUMBER, min_size=1, max_size=5))
def test_numbers_are_read_as_python_reads_them(tmp_path_factory, numbers):
    line = f'{{"n": [{",".join(numbers)}], "text": "Text"}}'.encode()
    (source,) = records(write(tmp_path_factory.mktemp("lines") / "a.jsonl", line))
    read = [None if number in {float("inf"), float("-inf")} else number for number in json.loads(line)["n"]]
    assert repr(json.loads(source.fields)["n"]) == repr(read)


@given(st.one_of(st.binary(max_size=12), st.text('{}[]":,0123456789.eE+-\\ud8nulltrue \t\x00é', max_size=24)))
def test_what_python_does_not_take_for_json_is_none_here(tmp_path_factory, content):
    line = (content if isinstance(content, bytes) else content.encode()).replace(b"\n", b"")
    path = write(tmp_path_factory.mktemp("lines") / "a.jsonl", b'{"text": "Text", "n": %s}' % line)
    (source,) = records(path)
    try:
        values = json.loads(path.read_bytes().decode("utf-8", "replace"))
    except ValueError:
        assert source.error == "this line is no JSON"
    else:
        assert source.content == values["text"] or source.error


# WARC


def warc_record(
    url: str,
    body: bytes,
    *,
    kind: str = "response",
    content_type: str = "text/html",
    status: str = "200 OK",
    encoding: str = "",
) -> bytes:
    body = gzip.compress(body) if encoding else body
    http = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n"
    http += f"Content-Encoding: {encoding}\r\n" if encoding else ""
    block = f"{http}Content-Length: {len(body)}\r\n\r\n".encode() + body
    block_type = f"application/http; msgtype={kind}"
    if kind == "conversion":
        block, block_type = body, content_type
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-04T08:05:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: {block_type}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


PAGES = [
    warc_record("https://a.example/1", b"<p>One", content_type="text/html; charset=utf-8"),
    warc_record("https://a.example/1", b"", kind="request"),
    warc_record("https://a.example/2", "<p>Žluť".encode("iso-8859-2"), content_type="text/html; charset=ISO-8859-2"),
    warc_record("https://a.example/3", b"<p>Three", encoding="gzip"),
    warc_record("https://a.example/4", b"\x89PNG", content_type="image/png"),
    warc_record("https://a.example/5", b"<p>Gone", status="404 Not Found"),
    warc_record("https://a.example/6", "Text, šest".encode(), kind="conversion", content_type="text/plain"),
]


@pytest.fixture
def fastwarc():
    return pytest.importorskip("fastwarc")


@pytest.mark.usefixtures("fastwarc")
@pytest.mark.parametrize("packer", [bytes, gzip.compress])
def test_warc_gives_pages_with_what_the_crawler_knows(tmp_path, packer):
    parts = [packer(page) for page in PAGES]
    path = write(tmp_path / "a.warc", b"".join(parts))
    sources = records(path)
    pages = [source for source in sources if not source.skipped]
    assert [page.url for page in pages] == [f"https://a.example/{number}" for number in (1, 2, 3, 6)]
    assert [page.error for page in pages] == [""] * 4
    assert {page.fetched for page in pages} == {"2026-03-04T08:05:00+00:00"}
    assert pages[1].charset.lower() == "iso-8859-2"
    assert [source.offset for source in sources] == [
        sum(map(len, parts[:number])) for number in range(7) if number != 1
    ]
    assert [source.skipped for source in sources if source.skipped] == [
        "it is image/png, neither HTML nor text",
        "the server answered 404",
    ]
    texts = [KEEP_ALL.do(page).article.text for page in pages]
    assert texts == ["One", "Žluť", "Three", "Text, šest"]


@pytest.mark.usefixtures("fastwarc")
def test_relative_dates_count_from_the_fetch(tmp_path):
    page = f"<h1>Bridge</h1><p>Published 2 hours ago</p><p>{STORY}</p><p>{STORY} Again, they say.</p>"
    path = write(tmp_path / "a.warc", warc_record("https://a.example/1", page.encode()))
    (source,) = records(path)
    assert KEEP_ALL.do(source).article.options.now == "2026-03-04T08:05:00+00:00"
    said = Job(Options(force=True, now="2020-01-01T00:00"), form="article").do(source)
    assert said.article.options.now == "2020-01-01T00:00"


@pytest.mark.usefixtures("fastwarc")
@pytest.mark.parametrize("name", ["empty.warc.gz", "empty.warc"])
def test_an_empty_file_is_told(tmp_path, name):
    (only,) = records(write(tmp_path / name, b""))
    assert only.error == "empty: it holds no records"


@pytest.mark.usefixtures("fastwarc")
def test_a_file_of_other_records_alone_is_no_failure(tmp_path):
    assert records(write(tmp_path / "requests.warc", warc_record("https://a.example/1", b"", kind="request"))) == []


@pytest.mark.usefixtures("fastwarc")
def test_broken_warc_costs_what_is_broken(tmp_path):
    data = b"".join(map(gzip.compress, PAGES))
    for number, broken in enumerate([data[:250], data[:500] + b"x" * 40 + data[540:], b"no WARC at all\n" * 40]):
        sources = records(write(tmp_path / f"{number}.warc.gz", broken))
        assert sources[-1].error
        assert all(not source.error for source in sources[:-1])
    plain = b"".join(PAGES)
    (cut,) = records(write(tmp_path / "cut.warc", plain[: len(PAGES[0]) - 7]))
    assert cut.error == "truncated: its end is missing"


@pytest.mark.usefixtures("fastwarc")
def test_a_large_record_is_named_and_the_next_one_read(tmp_path):
    bomb = warc_record("https://a.example/1", b"<p>" + b"x" * 5_000_000, encoding="gzip")
    path = write(tmp_path / "a.warc.gz", gzip.compress(bomb) + gzip.compress(PAGES[0]))
    large, small = records(path, Reading(limit=100_000))
    assert len(large.content) == 100_001
    assert "too large" in Job(Options(max_bytes=100_000)).do(large).error
    assert small.content == b"<p>One"


# Parquet


def test_parquet_is_read_row_by_row(tmp_path):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")

    rows = [
        {"html": f"<p>{number}", "url": f"https://a.example/{number}", "score": float("nan")} for number in range(40)
    ]
    rows[3]["html"] = None
    table = arrow.Table.from_pylist(rows)
    path = tmp_path / "a.parquet"
    parquet.write_table(table, path, row_group_size=7)
    sources = records(path)
    assert [source.offset for source in sources] == list(range(40))
    pages = [source.content.decode() for source in sources if not source.error]
    assert pages == [row["html"] for row in rows if row["html"]]
    assert "no field html" in sources[3].error
    assert json.loads(sources[0].fields) == {"score": None}
    assert sources[39].url == "https://a.example/39"
    (broken,) = records(write(tmp_path / "b.parquet", b"PAR1 and then nothing"))
    assert broken.error.startswith("corrupt Parquet")


def test_a_broken_row_group_costs_only_itself(tmp_path):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    texts = [f"{number} {STORY}" for number in range(30)]
    parquet.write_table(arrow.table({"text": texts}), path, row_group_size=10, compression="zstd", use_dictionary=False)
    column = parquet.ParquetFile(path).metadata.row_group(1).column(0)
    data = bytearray(path.read_bytes())
    data[column.data_page_offset : column.data_page_offset + column.total_compressed_size] = b"\xff" * (
        column.total_compressed_size
    )
    path.write_bytes(data)
    sources = records(path)
    assert [source.content.decode() for source in sources if not source.error] == texts[:10] + texts[20:]
    (broken,) = [source for source in sources if source.error]
    assert broken.offset == 10
    assert broken.error.startswith("corrupt Parquet: ")
    assert broken.error.endswith("; 10 rows are not read")
    (after,) = [source for source in sources if source.offset == 20]
    assert after.begin == 2


def test_a_table_without_the_column_is_one_line(tmp_path):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    parquet.write_table(arrow.table({"body": [STORY] * 9, "id": range(9)}), path)
    (source,) = records(path)
    assert source.error.startswith("it has no column html or text or content or raw_content; --field NAME says")
    assert source.error.endswith(": body, id")
    assert len(records(path, Reading(field="body"))) == 9


def test_columns_of_every_kind_are_passed_through(tmp_path):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    columns = {
        "text": arrow.array(["One", "Žluť"], arrow.large_string()),
        "note": arrow.array(["é", None], arrow.string()),
        "kind": arrow.array(["x", "y"]).dictionary_encode(),
        "tags": arrow.array([["a"], []], arrow.list_(arrow.string())),
        "seen": arrow.array([{"n": 1}, {"n": float("nan")}], arrow.struct([("n", arrow.float64())])),
    }
    path = tmp_path / "a.parquet"
    parquet.write_table(arrow.table(columns), path)
    one, other = records(path)
    assert (one.content, other.content) == (b"One", "Žluť".encode())
    assert one.charset == other.charset == "utf-8"
    assert json.loads(one.fields) == {"note": "é", "kind": "x", "tags": ["a"], "seen": {"n": 1.0}}
    assert json.loads(other.fields) == {"note": None, "kind": "y", "tags": [], "seen": {"n": None}}


def test_a_text_column_is_utf8_whatever_its_pages_declare(tmp_path):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    page = f'<meta charset="iso-8859-2"><article><p>{STORY} Žluťoučký kůň.</p></article>'
    columns = {"html": [page, STORY], "note": ["é" * 40_000, None], "url": ["https://a.example/1", None]}
    before = arrow.default_memory_pool().backend_name
    parquet.write_table(arrow.table(columns), path)
    one, other = (Job(Options(force=True, threshold=0.0), form="article").do(source) for source in records(path))
    assert one.article.paragraphs[-1].text.endswith("Žluťoučký kůň.")
    assert one.source.url == "https://a.example/1"
    assert json.loads(one.source.fields) == {"note": "é" * 40_000}
    assert str(other.article).strip() == STORY
    assert arrow.default_memory_pool().backend_name == before, "the pool is the caller's"


# Lists, and everything together


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in "ab":
        Path(f"{name}.txt").write_text(f"{STORY} It was {name}.\n", encoding="utf-8")
    lines = [json.dumps({"text": f"{STORY} It was line {n}."}) for n in (1, 2)]
    Path("c.jsonl").write_text("\n".join([*lines, "{"]), encoding="utf-8")
    return tmp_path


def run(*args: str, stdin: str | None = None):
    return CliRunner().invoke(main, ["--force", "--threshold", "0", *args], input=stdin, prog_name="newsclean")


@pytest.mark.usefixtures("here")
def test_paths_come_from_a_list():
    Path("list").write_text("b.txt\n\nc.jsonl\n", encoding="utf-8")
    result = run("-f", "jsonl", "a.txt", "--files-from", "list")
    assert [json.loads(line)["source"] for line in result.stdout.splitlines()] == [
        "a.txt",
        "b.txt",
        "c.jsonl",
        "c.jsonl",
    ]
    assert "newsclean: c.jsonl:3: this line is no JSON\n" in result.stderr
    assert result.exit_code == 1
    piped = run("-f", "jsonl", "--files-from", "-", stdin="a.txt\nb.txt\nc.jsonl\n")
    assert piped.stdout == result.stdout
    for data in (b"a.txt\0b.txt\0c.jsonl\0", b"\xef\xbb\xbfa.txt\r\nb.txt\r\nc.jsonl\r\n"):
        assert run("-f", "jsonl", "--files-from", "-", stdin=data).stdout == result.stdout


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("args", "stdin", "code", "said"),
    [
        (["--files-from", "none"], "", 2, "none cannot be read: no such file"),
        (["--files-from", "-", "-"], "", 2, "the list is on stdin"),
        (["--files-from", "-"], "\n", 0, "articles"),
        (["--files-from", "-"], "a.txt\n".encode("utf-16"), 2, "- is UTF-16; save it as UTF-8"),
    ],
)
def test_lists_that_give_nothing(args, stdin, code, said):
    result = run(*args, stdin=stdin)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr


@pytest.mark.usefixtures("here")
def test_each_record_has_a_file_of_its_own():
    assert run("c.jsonl", "a.txt", "-o", "out").exit_code == 1
    written = {path.relative_to("out").as_posix() for path in Path("out").rglob("*.txt") if path.is_file()}
    assert written == {"a.txt", "c.jsonl.txt/000000000001.txt", "c.jsonl.txt/000000000002.txt"}
    assert "line 2" in Path("out/c.jsonl.txt/000000000002.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("here")
def test_one_page_of_records_is_not_larger_than_allowed():
    result = run("--max-bytes", "50", "c.jsonl")
    assert result.stderr.count("too large") == 2
    assert io.StringIO(result.stderr).readline().startswith("newsclean: c.jsonl:1: too large")
