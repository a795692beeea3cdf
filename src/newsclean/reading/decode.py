"""Bytes → text, as browsers do it, and the same on every machine.

The order is that of the WHATWG Encoding and HTML standards: byte order mark, what the caller or the transport says,
what the page declares, then UTF-8 if the bytes are valid UTF-8, then a guess among legacy charsets, windows-1252 at
last. One thing browsers do not do: a page whose bytes contradict its label is read as what the bytes are. No detection
package takes part, so the answer does not depend on what else is installed.
"""

from __future__ import annotations

import codecs
from contextlib import suppress
from types import MappingProxyType

import regex

from newsclean.errors import UsageError
from newsclean.patterns import pattern
from newsclean.reading.binary import refuse_controls, refuse_known_binary
from newsclean.reading.charset import guess
from newsclean.reading.mixed import is_mostly_utf8, read_mixed

_HEAD = 16_384
"""Bytes searched for a declared charset: browsers take 1,024, yet pages put long comments and scripts before it."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_ALIASES = MappingProxyType(
    {
        label: codec
        for codec, labels in {
            "utf-8": "utf8 utf-8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
            "cp1252": "ascii us-ascii ansi_x3.4-1968 cp819 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1"
            " l1 latin1 latin-1 windows-1252 x-cp1252 cp1252",
            "cp1254": "iso-8859-9 iso8859-9 iso_8859-9 latin5 l5 windows-1254 x-cp1254",
            "cp874": "iso-8859-11 iso8859-11 tis-620 dos-874 windows-874",
            "gb18030": "gbk gb2312 gb_2312 gb_2312-80 chinese csgb2312 iso-ir-58 x-gbk cp936 gb18030 euc-cn",
            "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5 big-5",
            "cp949": "euc-kr ks_c_5601-1987 ks_c_5601-1989 ks_c_5601 ksc5601 ksc_5601 korean"
            " cseuckr windows-949 iso-ir-149",
            "cp932": "shift_jis shift-jis sjis x-sjis csshiftjis ms_kanji ms932 windows-31j cp932",
            "euc_jis_2004": "euc-jp x-euc-jp cseucpkdfmtjapanese eucjp",
            "iso2022_jp_2004": "iso-2022-jp csiso2022jp",
            "utf-16-le": "utf-16 utf-16le ucs-2 unicode iso-10646-ucs-2 csunicode unicodefeff",
            "utf-16-be": "utf-16be unicodefffe",
            "cp866": "ibm866 866 cp866 csibm866",
            "koi8-u": "koi8-u koi8-ru",
            "koi8-r": "koi8-r koi koi8 koi8_r cskoi8r",
            "mac-roman": "macintosh mac x-mac-roman csmacintosh",
            "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
            "iso8859-8": "iso-8859-8 iso-8859-8-i iso-8859-8-e logical visual csiso88598i csiso88598e",
            "cp1251": "windows-1251 x-cp1251 win-1251 win1251",
            "x-user-defined": "x-user-defined",
        }.items()
        for label in labels.split()
    }
)
"""The WHATWG labels whose meaning on the web is not what Python's registry says, or that it does not know."""

_REGISTERED = pattern(
    r"(?:utf_?(?:8|16|32)|cp(?:125\d|874|932|949|950|866|85\d|437)|iso8859|koi8|mac_|big5|gb|euc_|iso2022|shift|hz|johab"
    r"|ptcp154|tis_620|kz1048)"
)
"""Codecs of Python's own registry that are charsets of pages (not rot13, punycode, utf-7 …)."""

_DOUBLE_BYTE = frozenset({"gb18030", "big5hkscs", "cp949", "cp932", "euc_jis_2004"})

_CHARSET = pattern(rb"charset\s*+=\s*+[\"']?+\s*+([A-Za-z0-9_:.\-]{2,40})", regex.I)
_XML = pattern(rb"^\s*+<\?xml[^>]{0,200}?encoding\s*+=\s*+[\"']([A-Za-z0-9_:.\-]{2,40})[\"']")
_ISO_2022_JP = pattern(rb"\x1b\$[@B][\x21-\x7e]{2,}+")


def decode(
    data: bytes, *, encoding: str | None = None, http_charset: str | None = None, html: bool | None = None
) -> tuple[str, bool]:
    """Decode a page's bytes; a byte that does not fit its charset becomes U+FFFD, nothing is lost silently.

    Returned is the text, and whether the bytes are just that in UTF-8, so that nobody need encode it again.

    data: the bytes, decompressed. encoding: the charset the caller is sure of; only a byte order mark beats it.
    http_charset: what the transport said; believed unless the bytes contradict it; an unknown label is ignored.
    html: whether a charset may be declared in the text itself (`False` for plain text; `None` looks).

    Raises UsageError when `encoding` is no charset, UnreadableSource when the bytes are no text.
    """
    wanted = None
    if encoding is not None:
        wanted = codec_of(encoding)
        if wanted is None:
            raise UsageError(f"encoding: {encoding!r} is no charset that newsclean knows; try utf-8 or windows-1252")
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _text(data[len(bom) :], codec), False
    if wanted is not None:
        return _text(data, wanted), False
    refuse_known_binary(data[:_HEAD])
    wide = _utf16_without_bom(data)
    if wide is not None:
        return _text(data, wide), False
    refuse_controls(data[:_HEAD])
    declared = codec_of(http_charset) if http_charset else None
    if declared is None and html is not False:
        declared = _declared(data[:_HEAD])
    if declared not in _DOUBLE_BYTE and not data.isascii():
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8"), True
    text = _by_label(data, declared)
    return text, data.isascii() and text.isascii() and len(text) == len(data)


def codec_of(label: str) -> str | None:
    """Name the Python codec for a charset label as the web means it, or None for an unknown label."""
    name = label.strip().strip("\"'").lower()
    known = _ALIASES.get(name) or _ALIASES.get(name.replace("_", "-"))
    if known is not None:
        return known
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    canonical = _ALIASES.get(codec, codec)
    return canonical if _REGISTERED.match(canonical.replace("-", "_")) else None


def _by_label(data: bytes, declared: str | None) -> str:
    """Decode bytes that are not UTF-8 by the declared codec where they agree with it, else by what they are."""
    if data.isascii():
        if declared is None:
            declared = "iso2022_jp_2004" if _ISO_2022_JP.search(data) else "utf-8"
        return _text(data, declared if declared.startswith(("iso2022", "hz")) else "utf-8")
    text = _text(data, "utf-8")
    broken = text.count("\ufffd")
    sequences = len(text) - len(text.encode("ascii", "ignore")) - broken
    if declared is None or declared.startswith("utf-"):
        # Some broken bytes among good sequences are damage, or of a piece from elsewhere.
        cut = broken == 1 and sequences > 0 and text.endswith("\ufffd")
        return read_mixed(data) if cut or is_mostly_utf8(sequences, broken) else _text(data, guess(data))
    if declared in _DOUBLE_BYTE:
        # Two-byte UTF-8 can also be read as GBK and its kin; three-byte UTF-8 of any length cannot.
        if broken == int(text.endswith("\ufffd")) and (max(text) > "\u07ff" or not _reads(data, declared)):
            return text
    elif (
        broken * 20 <= sequences
        or (broken == 1 and text.endswith("\ufffd"))
        or (declared == "cp1252" and is_mostly_utf8(sequences, broken))
    ):
        return read_mixed(data)
    legacy = _text(data, declared)
    return legacy if legacy.count("\ufffd") * 4 <= _non_ascii(legacy) else _text(data, guess(data))


def _reads(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _text(data: bytes, codec: str) -> str:
    if codec == "x-user-defined":
        codec = "cp1252"
    return data.decode(codec, "replace")


def _non_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _declared(head: bytes) -> str | None:
    """Find the codec a page declares in an XML declaration or a meta element, comments and scripts skipped."""
    match = _XML.match(head) if head.lstrip().startswith(b"<?xml") else None
    if match:
        return _ascii_compatible(match[1])
    position = head.find(b"<")
    while position >= 0:
        if head.startswith(b"<!--", position):
            end = head.find(b"-->", position + 4)
        else:
            word = head[position : position + 7].lower()
            if word == b"<script":
                end = head.find(b"</", position + 7)
            else:
                end = head.find(b">", position)
                if word.startswith(b"<meta") and end > 0:
                    found = _CHARSET.search(head, position, end)
                    codec = _ascii_compatible(found[1]) if found else None
                    if codec:
                        return codec
        if end < 0:
            return None
        position = head.find(b"<", end)
    return None


def _ascii_compatible(label: bytes) -> str | None:
    codec = codec_of(label.decode("ascii"))
    # The declaration could be read as ASCII, so the page cannot be UTF-16, whatever it claims.
    return "utf-8" if codec is not None and codec.startswith(("utf-16", "utf-32")) else codec


_LEAST_PAIRS = 8


def _utf16_without_bom(data: bytes) -> str | None:
    """Name the UTF-16 codec whose zero bytes these are, when half of the first bytes are zeros in every other place."""
    head = data[:2_048]
    pairs = len(head) // 2
    # a few bytes prove nothing: a stray zero in UTF-8 looks the same
    if pairs < _LEAST_PAIRS or b"\x00" not in head:
        return None
    even, odd = head[0 : pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
    if odd > pairs * 0.4 and even < pairs * 0.02:
        return "utf-16-le"
    if even > pairs * 0.4 and odd < pairs * 0.02:
        return "utf-16-be"
    return None
