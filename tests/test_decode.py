"""Bytes become the text a browser would show, or one clear refusal."""

from __future__ import annotations

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.errors import NewscleanError, UnreadableSource, UsageError
from newsclean.reading.decode import codec_of, decode
from newsclean.reading.gunzip import gunzip

CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy na břehu řeky. "
RUSSIAN = "Вчера вечером в городе прошёл сильный дождь, и улицы опустели. "
JAPANESE = "昨日の夕方、市内で強い雨が降り、通りには人影がなくなりました。"
CHINESE = "昨天傍晚，市内下了大雨，街上几乎没有行人，很多商店提前关门了。"
KOREAN = "어제 저녁 시내에 많은 비가 내려 거리에는 사람이 거의 없었습니다. "


def decoded(data: bytes, **known) -> str:
    """The text alone."""
    return decode(data, **known)[0]


def page(label: str, text: str) -> str:
    return (
        f'<!doctype html><html><head><meta charset="{label}"><title>x</title></head><body><p>{text}</p></body></html>'
    )


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("utf-8", "utf-8", CZECH),
        ("windows-1250", "cp1250", CZECH),
        ("ISO-8859-2", "iso8859_2", CZECH),
        ("windows-1251", "cp1251", RUSSIAN),
        ("koi8-r", "koi8_r", RUSSIAN),
        ("Shift_JIS", "cp932", JAPANESE),
        ("x-sjis", "cp932", JAPANESE),
        ("euc-jp", "euc_jp", JAPANESE),
        ("iso-2022-jp", "iso2022_jp", JAPANESE),
        ("gb2312", "gb18030", CHINESE),
        ("gbk", "gbk", CHINESE),
        ("big5", "big5", "昨天傍晚，市內下了大雨，街上幾乎沒有行人。"),
        ("ks_c_5601-1987", "cp949", KOREAN),
        ("euc-kr", "cp949", KOREAN),
        ("latin-1", "cp1252", "“naïve” café – €5"),
        ("iso-8859-1", "cp1252", "“naïve” café – €5"),
        ("x-user-defined", "cp1252", "café"),
    ],
)
def test_declared_charset_is_obeyed(label, codec, text):
    """The label a page declares means what it means on the web."""
    source = page(label, text)
    assert decoded(source.encode(codec)) == source


@pytest.mark.parametrize("label", ["latin-1", "windows-1252", "gb2312", "big5", "utf-16", "no-such-charset"])
def test_utf8_bytes_beat_a_wrong_label(label):
    """A page that declares one charset and is valid UTF-8 with multibyte sequences is read as UTF-8."""
    source = page(label, CZECH + JAPANESE)
    assert decoded(source.encode()) == source


def test_short_gbk_that_happens_to_be_utf8_stays_gbk():
    """Two-byte sequences alone do not prove UTF-8 against a declared double-byte charset."""
    assert decoded("联通".encode("gbk"), http_charset="gbk") == "联通"


def test_a_few_damaged_bytes_do_not_turn_the_page_into_mojibake():
    """Damage in a UTF-8 page costs the damaged characters only."""
    data = (CZECH * 30).encode() + b"\xff\xfe" + (CZECH * 30).encode()
    assert decoded(data).count("\ufffd") == 2
    assert decoded(data).startswith(CZECH)


VIENNA = "Austria’s council voted “yes” – a plan of 2.4 billion € for the Südbahn, in Köln’s words. "


@pytest.mark.parametrize("label", [None, "utf-8", "latin-1"])
@pytest.mark.parametrize(
    "piece", ["The café’s “owner” paid 5 €. ", "Übung, Straße und Äpfel. ", "« Déjà vu\xa0» dit-elle, però. "]
)
def test_a_piece_in_another_charset_is_read_as_what_it_is(label, piece):
    """A sentence in windows-1252 within UTF-8 turns neither itself nor the page into mojibake."""
    data = VIENNA.encode() + piece.encode("cp1252") + VIENNA.encode()
    assert decoded(data, http_charset=label) == VIENNA + piece + VIENNA


@pytest.mark.parametrize("text", [CZECH, RUSSIAN, JAPANESE, VIENNA])
def test_characters_cut_in_the_middle_are_no_letters_of_another_charset(text):
    """What is left of a character that a teaser was cut in is damage, not windows-1252."""
    cut = next(at for at, sign in enumerate(text) if not sign.isascii())
    first = text[cut].encode()
    for left in {first[:1], first[:-1]}:
        data = (text * 3).encode() + text[:cut].encode() + left + b"... " + (text * 3).encode()
        assert decoded(data) == f"{text * 3}{text[:cut]}\ufffd... {text * 3}"


def test_cut_last_character_is_tolerated():
    """A download cut in the middle of a character is still UTF-8."""
    data = (CZECH + "č").encode()[:-1]
    assert decoded(data) == CZECH + "\ufffd"
    assert decoded(data, http_charset="latin-1").startswith(CZECH)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_byte_order_marks_and_bare_utf16(codec):
    """A byte order mark decides, and UTF-16 shows itself by its zeros."""
    source = page("latin-1", CZECH)
    assert decoded(source.encode(codec)) == source


def test_the_order_of_authorities():
    """A byte order mark beats the caller, the caller the bytes, the transport the page."""
    assert decoded(b"\xef\xbb\xbfcaf\xc3\xa9", encoding="latin-1") == "café"
    assert decoded("café".encode(), encoding="latin-1") == "cafÃ©"
    russian = page("windows-1252", RUSSIAN)
    assert decoded(russian.encode("cp1251"), http_charset="windows-1251") == russian


def test_unknown_encoding_is_a_usage_error_that_names_it():
    """A charset asked for by a name that means nothing is the caller's mistake, said so."""
    with pytest.raises(UsageError, match="klingon-8"):
        decoded(b"abc", encoding="klingon-8")
    for label in ("rot13", "utf-7", "hex", "idna", ""):
        with pytest.raises(UsageError):
            decoded(b"abc", encoding=label)


def test_declaration_is_not_looked_for_in_comments_scripts_or_plain_text():
    """Only a real meta element declares a charset, and plain text declares none."""
    text = "<!-- <meta charset=koi8-r> --><script>'<meta charset=koi8-r>'</script><p>café</p>"
    assert decoded(text.encode("cp1252")) == text
    quoted = "The tag <meta charset=koi8-r> is old. café"
    assert decoded(quoted.encode("cp1252"), html=False) == quoted


def test_http_equiv_and_xml_declarations():
    """The older ways to declare a charset work too."""
    old = f'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>{RUSSIAN}</p>'
    assert decoded(old.encode("cp1251")) == old
    xml = f'<?xml version="1.0" encoding="ISO-8859-2"?><html><p>{CZECH}</p></html>'
    assert decoded(xml.encode("iso8859_2")) == xml


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gbk"),
        ("昨天傍晚，市內下了大雨，街上幾乎沒有行人，很多商店提前關門了。", "big5"),
        (KOREAN, "cp949"),
        (CZECH, "cp1250"),
        ("Zażółć gęślą jaźń, powiedział wójt. Również śnieg spadł w górach.", "cp1250"),
        ("Χθες το βράδυ έπεσε δυνατή βροχή στην πόλη και οι δρόμοι άδειασαν.", "cp1253"),
        ("אתמול בערב ירד גשם חזק בעיר והרחובות התרוקנו מאדם.", "cp1255"),
        ("هطلت أمطار غزيرة على المدينة مساء أمس وخلت الشوارع من المارة.", "cp1256"),
        ("เมื่อวานตอนเย็นฝนตกหนักในเมืองและถนนก็ว่างเปล่า", "cp874"),
        ("Gestern Abend fiel in der Stadt starker Regen, die Straßen waren menschenleer.", "cp1252"),
        ("Hier soir, une forte pluie est tombée sur la ville; les rues étaient désertes à Orléans.", "cp1252"),
        ("I går kväll föll ett kraftigt regn över staden, och gatorna låg öde på Åland.", "cp1252"),
        ("Dün akşam şehirde şiddetli yağmur yağdı ve sokaklar boşaldı, ışıklar söndü.", "cp1254"),
    ],
)
def test_undeclared_legacy_text_is_guessed_from_its_letters(text, codec):
    """Text that says nothing about itself is read by the letters it would make."""
    assert decoded((text * 3).encode(codec), html=False) == text * 3


@pytest.mark.parametrize(
    ("head", "word"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
        (b"PK\x03\x04\x14\x00\x06\x00", "ZIP"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "gzip"),
        (b"{\\rtf1\\ansi Hello", "RTF"),
        (b"\x00" * 200, "control bytes"),
        (random.Random(4).randbytes(5_000), "control bytes"),
    ],
)
def test_binary_is_refused_with_what_it_is(head, word):
    """Bytes that are no text are refused in one line that says what they are."""
    with pytest.raises(UnreadableSource, match=word) as caught:
        decoded(head)
    assert "\n" not in str(caught.value)


def test_a_stray_nul_does_not_make_a_page_binary():
    """A page with a zero byte or two is still a page."""
    assert "story" in decoded(b"<p>" + b"A story of the town. " * 100 + b"\x00</p>")


@pytest.mark.parametrize(
    ("data", "declared", "as_they_stand"),
    [
        (b"<p>The council votes.</p>", None, True),
        ("<p>Rada hlasuje: ano.</p> č".encode(), "utf-8", True),
        ("<p>Žižkov</p>".encode("cp1250"), "windows-1250", False),
        ("<p>議会は可決した。</p>".encode("iso2022_jp"), None, False),
        (b"<p>~{<:Ky2;VS{~}</p>", "hz-gb-2312", False),
        (b"\xef\xbb\xbf<p>The council votes.</p>", None, False),
    ],
)
def test_bytes_that_are_the_text_need_no_encoding(data, declared, as_they_stand):
    text, told = decode(data, http_charset=declared)
    assert told is as_they_stand
    assert not told or text.encode() == data


def test_gunzip_reads_several_members_and_padding():
    """A gzip file of several members is one text; zero padding after it is nothing."""
    data = gzip.compress(b"one ") + gzip.compress(b"") + gzip.compress(b"two") + b"\x00" * 512
    assert gunzip(data, 100) == b"one two"


@pytest.mark.parametrize(
    ("data", "limit", "word"),
    [
        (gzip.compress(b"a story " * 1_000)[:-9], 100_000, "truncated"),
        (gzip.compress(b"a story")[:5], 100, "truncated"),
        (gzip.compress(b"a story") + b"not gzip at all", 100, "corrupt"),
        (b"\x1f\x8b\x08\x00" + b"\xff" * 60, 100, "corrupt"),
        (gzip.compress(bytes(3_000_000)), 1_000_000, "too large"),
    ],
)
def test_bad_gzip_is_refused(data, limit, word):
    """Truncated, corrupt or exploding archives are each named for what they are."""
    with pytest.raises(UnreadableSource, match=word):
        gunzip(data, limit)


def test_gunzip_takes_exactly_the_limit():
    """The limit is the largest size taken, not the first refused."""
    assert gunzip(gzip.compress(b"x" * 100), 100) == b"x" * 100


@given(
    st.binary(max_size=400), st.sampled_from([None, "utf-8", "gbk", "nonsense"]), st.sampled_from([None, True, False])
)
def test_any_bytes_give_text_or_a_refusal(data, http_charset, html):
    """Whatever the bytes, the answer is text or an UnreadableSource, and twice the same."""
    try:
        first = decoded(data, http_charset=http_charset, html=html)
    except UnreadableSource:
        return
    assert decoded(data, http_charset=http_charset, html=html) == first
    first.encode("utf-8")


@given(st.text(max_size=300).filter(lambda text: not text.startswith("\ufeff")))
def test_utf8_survives(text):
    """Undeclared UTF-8 text comes back unchanged, unless it is no text."""
    try:
        found = decoded(text.encode(), html=False)
    except NewscleanError:
        return
    if not text.isascii():
        assert found == text


@given(st.binary(max_size=200))
def test_any_gzip_is_unpacked_or_refused(data):
    """Random bytes never crash the unpacker, and what gzip made comes back."""
    assert gunzip(gzip.compress(data), 200) == data
    with pytest.raises(UnreadableSource, match="gzip"):
        gunzip(b"\x1f\x8b" + data, 10_000)


@given(st.text(max_size=30))
def test_labels_never_crash(label):
    """Any label is a codec that decodes bytes, or None."""
    codec = codec_of(label)
    if codec is not None:
        assert isinstance(b"abc".decode("cp1252" if codec == "x-user-defined" else codec, "replace"), str)


def test_a_stray_zero_makes_no_utf16():
    """Four bytes of UTF-8, one of them zero, are not taken for two characters of UTF-16."""
    with pytest.raises(UnreadableSource, match="control bytes"):
        decoded("\x00ࠀ".encode(), html=False)
