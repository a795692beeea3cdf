"""Reads the datelines of Chinese, Japanese and Korean agencies, where place, day and agency stand without spaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.frontmatter.agencies import is_agency, is_outlet
from newsclean.frontmatter.days.calendars import iso_day
from newsclean.frontmatter.digits import ascii_digits, han_number
from newsclean.frontmatter.gazetteer import is_place
from newsclean.patterns import pattern

if TYPE_CHECKING:
    import regex

_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_DAY = rf"(?:(?P<year>\d{{4}}|[〇○零一二三四五六七八九]{{4}})年)?(?:(?P<month>{_NUMBER})月)?(?P<day>{_NUMBER})[日號号]"
_REPORTER = (
    r"(?:\s?[（(【]\s?(?:本报|本社|实习)?(?:记者|記者|通讯员|特派|撰稿|文)[^）)】]{1,40}[）)】]\s?"
    r"|\s?(?:本报)?(?:记者|記者)\s?\p{Han}{2,4}(?:[、\s]\s?\p{Han}{2,4}){0,3}\s?(?:报道|報道|報導)[：:]\s?)?"
)
# 新华社北京4月24日电（记者张三） …, 中央社記者王小明台北7日電 …, （中央社台北7日電）…
_CHINESE = pattern(
    rf"[（(【]?\s?(?P<agency>(?:据)?\p{{Han}}{{2,6}}?(?:社|网|網|新闻|報|报|台)|本[报報刊台])\s?(?:记者|記者)?(?P<place>\p{{Han}}{{2,8}}?)?\s?{_DAY}\s?"
    rf"(?:综合|綜合|专|專)?(?:外)?(?:(?:电|電|讯|訊|消息)(?:报道|報道|報導)?|报道|報道|報導)\s?[）)】]?{_REPORTER}[：:，,\s]*"
)
# （吉隆坡7日訊）…, （新加坡讯）…, 【大公報訊】…, （早报讯）…
_BRACKETED = pattern(
    rf"[（(【〔\[]\s?(?P<name>\p{{Han}}{{2,8}}?)\s?(?:{_DAY})?\s?(?:专|專|综合|綜合)?(?:讯|訊|电|電)\s?[）)】〕\]]{_REPORTER}[：:，,\s]*"
)
_OWN_PAPER = pattern(r"本[报報刊台社]")
# 【3月8日 AFP】…
_DATED_AGENCY = pattern(
    rf"[【［\[（(]\s?{_DAY}\s?(?P<agency>AFP|AP|CNN|ロイター|共同|時事|聯合ニュース|時事通信社?|共同通信社?)\s?[】］\])）]\s?"
)
# （記者王小明／台北報導）…, 【本报讯】
_TAIWAN = pattern(
    r"[（(〔【\[]\s?(?:(?P<agency>\p{Han}{2,5}(?:社|報|网|網|台))\s?)?(?:記者|记者|特派員|特派记者)?\s?(?P<name>\p{Han}{2,4})?\s?[/／]\s?"
    r"(?P<place>\p{Han}{2,4})(?:\d{1,2}日)?(?:電|电|报道|報導|報道)\s?[）)〕】\]]\s?"
)
_KOREAN_PAPER = pattern(
    r"[(\[【]\s?(?P<agency>[\p{Hangul}\p{Latin}]{1,10}(?:뉴스|일보|신문|경제|투데이|통신|데일리)\d?)\s?[)\]】]\s?"
    r"(?:\p{Hangul}{2,4}\s(?:기자|특파원)\s?(?:=\s)?)?"
)
# [이데일리 김기자 기자] …, [헤럴드경제=김기자 기자] …
_KOREAN_REPORTER = pattern(
    r"[(\[【]\s?(?P<agency>[\p{Hangul}\p{Latin}\d]{2,12})\s?[=\s]\s?(?:[\p{Hangul}]{1,6}\s?=\s?)?"
    r"\p{Hangul}{2,4}(?:[·,\s]\s?\p{Hangul}{2,4}){0,3}\s(?:\p{Hangul}{0,3}기자|특파원|통신원|PD)\s?[)\]】]\s?(?:=\s)?"
)
_JAPANESE_PLAIN = pattern(
    r"(?P<place>[\p{Katakana}\p{Han}ー]{2,10})\s(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日\s(?P<agency>ロイター|共同|時事|AP|AFP)\s?[-–—]\s"
)
_SOURCE = pattern(
    r"据?(?P<agency>央视网|新华网|人民网|中新网|中国新闻网|新华社|中新社|央广网|环球网|光明网)(?:消息|讯|电)\s?(?:[（(][^）)]{1,30}[）)])?[：:，,]?\s?"
)
# 【ワシントン共同】…, 【ソウル聯合ニュース】…, ［ロンドン ６日 ロイター］ - …, 【北京=山田太郎】…
_JAPANESE = pattern(
    r"[【［\[（(]\s?(?P<place>[\p{Han}\p{Katakana}ー・/／]{1,16}?)\s?(?:(?P<month>\d{1,2})月)?(?:(?P<day>\d{1,2})日)?\s?(?:発)?\s?[=＝]?\s?"
    r"(?P<agency>共同通信社?|共同|時事|時事通信|ロイター|AFP時事|AFP|AP|聯合ニュース|CNS|新華社|タス通信|ブルームバーグ|中央社|朝鮮通信)?"
    r"(?P<person>\s?[=＝・]\s?[\p{Han}\p{Hiragana}\p{Katakana}ー\s・、=＝]{2,30})?\s?[】］\])）]\s?(?:[-–—=]\s)?"
)
_REPORTER_BEFORE = pattern(r"(?:记者|記者)(\p{Han}{2,3})$")
_KATAKANA_PLACE = pattern(r"[\p{Katakana}ー]{2,10}")
# (서울=연합뉴스) 김민수 기자 = …, [베이징=AP/뉴시스] 홍길동 특파원 = …, 【서울=뉴시스】
_KOREAN = pattern(
    r"[(（\[【]\s?(?P<place>\p{Hangul}[\p{Hangul}·,\s]{1,24}?)\s?[=]\s?(?P<agency>[\p{Hangul}\p{Latin}\d·/\s,.]{2,24}?)\s?[)）\]】]\s?"
    r"(?:[\p{Hangul}\p{Latin}·,\s]{2,40}?(?:기자|특파원|통신원|위원|논설위원)\s?(?:·\s?\p{Hangul}{2,4}\s?기자\s?)?)?(?:=\s|=|:\s)?\s?"
)


def read_cjk_dateline(text: str) -> tuple[str | None, str | None, str | None, int] | None:
    """Read place, date, agency and the end of the dateline that opens a line; None where none does."""
    digits = ascii_digits(text)
    reporter = _KOREAN_REPORTER.match(text)
    if reporter and reporter.end() < len(text):
        name = reporter["agency"]
        place = name if is_place(name) else None
        return place, None, None if place else name, reporter.end()
    korean = _KOREAN.match(text)
    if korean and korean.end() < len(text):
        return korean["place"].strip(), None, korean["agency"].strip(), korean.end()
    paper = _KOREAN_PAPER.match(text)
    if paper and paper.end() < len(text):
        return None, None, paper["agency"], paper.end()
    plain = _JAPANESE_PLAIN.match(digits)
    if plain:
        return plain["place"], _date(plain), plain["agency"], plain.end()
    match = _CHINESE.match(digits)
    if match and match["agency"]:
        agency, place = match["agency"].removeprefix("据").removeprefix("據"), match["place"]
        if not is_agency(agency) and not is_outlet(agency) and place is None:
            return None
        reporter = _REPORTER_BEFORE.search(digits[: match.start("place")] + (place or ""))
        place = _without_reporter(place, reporter is not None or "記者" in match[0][:12])
        return place, _date(match), None if agency[0] == "本" else agency, match.end()
    match = _TAIWAN.match(digits)
    if match:
        return match["place"], None, match["agency"], match.end()
    match = _BRACKETED.match(digits)
    if match and match.end() < len(text):
        name = match["name"]
        if _OWN_PAPER.fullmatch(name) is None:
            if is_place(name) or match["day"]:
                return name, _date(match), None, match.end()
            return None, None, name, match.end()
    match = _DATED_AGENCY.match(digits)
    if match and match.end() < len(text):
        return None, _date(match), match["agency"], match.end()
    match = _SOURCE.match(digits)
    if match:
        return None, None, match["agency"], match.end()
    match = _JAPANESE.match(digits)
    if match and match.end() < len(text) and (match["agency"] or match["person"] or match["day"]) and match["place"]:
        place = match["place"].strip("・ ")
        if (match["agency"] and text[0] not in "(（") or is_place(place) or _KATAKANA_PLACE.fullmatch(place):
            return place, _date(match), match["agency"], match.end()
    return None


def _without_reporter(place: str | None, named: bool) -> str | None:  # noqa: FBT001  (one caller)
    """The place behind a reporter's name ("王小明台北" → "台北")."""
    if place is None or is_place(place) or not named:
        return place
    for length in (2, 3, 4):
        if is_place(place[-length:]):
            return place[-length:]
    return place[-2:]


def _date(match: regex.Match[str]) -> str | None:
    groups = match.groupdict()
    if not groups.get("day"):
        return None
    day, month = han_number(groups["day"]), han_number(groups.get("month") or "")
    if not month:
        return f"---{day:02d}" if 1 <= day <= 31 else None
    year = han_number(groups.get("year") or "")
    return iso_day(year or 2000, month, day) and f"{f'{year:04d}-' if year else '--'}{month:02d}-{day:02d}"
