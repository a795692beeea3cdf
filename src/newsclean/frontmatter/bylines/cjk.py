"""Reads the credits of Chinese, Japanese and Korean pages, whose names stand without capitals or spaces."""

from __future__ import annotations

from typing import NamedTuple

from newsclean.frontmatter.agencies import is_agency, is_newsroom
from newsclean.frontmatter.compare import is_dense
from newsclean.frontmatter.gazetteer import is_place
from newsclean.patterns import pattern

_LABELS = {
    "by": "本报记者 本報記者 本刊记者 "
    "实习生 實習生 特约记者 特派记者 特派員記者 见习记者 实习记者 記者 记者 通讯员 撰文 撰稿 采写 采访 採訪 作者 "
    "文字 "
    "文图 图文 圖文 編譯 编译 取材・文・写真 取材・撮影・文 取材・文 "
    "文・写真 文と写真 写真・文 文・撮影 文・構成 取材・構成 取材 "
    "執筆 筆者 著者 ライター 聞き手 構成 編集委員 論説委員 特派員 "
    "投稿者 文責 글·사진 글ㆍ사진 "
    "글 취재 작성자 작성 저자 필자 文",
    "editor": "责任编辑 責任編輯 责编 責編 编辑 編輯 主编 主編 审校 校对 审核 核稿 編集 편집 에디터",
    "other": "摄影报道 摄影 攝影 图片来源 图片 "
    "圖片 照片 视频 制图 插画 插圖 翻译 翻譯 写真 撮影 イラスト 翻訳 動画 사진 영상 그래픽 "
    "일러스트 번역 촬영 图 圖 摄 攝",
    "source": "文章来源 稿件来源 新闻来源 来源 來源 稿源 出处 出處 提供 配信 出典 출처 제공",
}
_LABEL = pattern(
    r"(?:(?<![\p{Han}\p{Hangul}])|(?<=[社网網报報台刊])(?=[记記]者))(?:"
    + "|".join(f"(?P<{kind}>{words.replace(' ', '|')})" for kind, words in _LABELS.items())
    + r")(?:\s?[:：/／|丨｜=＝・]\s?|\s(?=\S)|(?=\p{Han}))"
)
_WITH_PICTURES = pattern(
    r"(?P<by>撰文|文字|文|글)\s?[/／、・&和与]\s?(?:摄影|攝影|图片|圖片|图|圖|摄|攝|사진)(?=\s?[:：/／|丨｜=＝]|\s\p{Han})"
)
"""The label of somebody who wrote and took the pictures."""
_EDGE = pattern(r"[、，,/／\s;；|｜&+()（）\[\]［］【】〔〕「」·・:：]|和|与|與|及")
_HAN_NAME = pattern(r"\p{Han}{2,4}|\p{Han}{1,4}[·•・]\p{Han}{1,6}|[\p{Katakana}ー]{2,8}[・=＝][\p{Katakana}ー]{2,10}")
_KANA_NAME = pattern(r"[\p{Han}々ヶ]{1,4}[\p{Han}\p{Hiragana}\p{Katakana}々ー]{1,5}")
_JAPANESE_PAIR = pattern(
    r"(?<![\p{Han}])([\p{Han}々ヶ]{1,3})[\s\u3000]([\p{Han}\p{Hiragana}\p{Katakana}々]{1,4})(?![\p{Han}\p{Hiragana}])"
)
_GLUED_TITLE = pattern(r"(?:記者|记者|氏|さん|論説委員|編集委員|特派員|教授|报道|報導|報道|电|電|摄|攝)$")
_TAIWAN = pattern(
    r"(?:記者|记者)\s?(?P<name>\p{Han}{2,4}?)\s?[/／]?\s?(?P<place>\p{Han}{2,4})(?:\d{1,2}日)?(?:電|报道|報導|報道|综合报道|綜合報導|连线报道)"
)
_KOREAN = pattern(
    r"(?P<names>(?<!\p{Hangul})\p{Hangul}{2,4}(?:\s?[·,ㆍ∙・/]\s?\p{Hangul}{2,4}){0,6})\s?"
    r"(?:\p{Hangul}{1,6}(?:부|팀|국|실)\s)?(?:(?:선임|인턴|객원|수습|전문|대)?기자|특파원|논설위원|논설실장|앵커|아나운서|리포터|PD|피디|교수|칼럼니스트|대표|에디터|통신원|위원)(?!\p{Hangul}{2})"
)
_KOREAN_PHOTO = pattern(r"(?<![·ㆍ/])(?:사진|영상|촬영|그래픽)\s?[=:·]?\s?\p{Hangul}{2,4}\s?(?:(?:선임)?기자|PD)?")
_KOREAN_LIST = pattern(r"[·,ㆍ∙・/]")
_KOREAN_PIECES = pattern(r"[\s=/()\[\]|·]++")
_KOREAN_PLACE = pattern(r"[(\[]\s?(\p{Hangul}{2,6})\s?=")
_HANGUL_NAME = pattern(r"\p{Hangul}{2,4}")
_TITLED = pattern(
    r"(?:[\p{Han}\p{Katakana}ー]{2,8}(?:部|支局|総局|本部|センター)[・\s]?)?([\p{Han}\p{Hiragana}々]{2,6})(?:記者|记者)"
)
_BRACKETED = pattern(r"[【［\[(（]\s?(?P<inside>[^】］\])）]{2,24})[】］\])）]")
_NO_NAME = pattern(
    r"报道|報導|報道|電$|电$|时间|時間|新闻|新聞|记者|記者|编辑|分享|评论|責任|图片|日$|月$|年$|한국|뉴스|기사|사진|제공|입력|수정|写真|画像|共有|関連|続き|有料|会員|中心|公司|频道|外\d"
)


_HAN_ALONE = pattern(
    r"\p{Han}{4}|\p{Han}{2,3}[\p{Hiragana}\p{Katakana}]{1,3}|\p{Han}{1,3}[ \u3000]\p{Han}{1,3}"
    r"|[王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾肖萧蕭董潘袁蔡蒋蔣杜叶葉魏苏蘇吕呂卢盧姚沈]\p{Han}{2}"
)
_SECTION = pattern(
    r"[社局部版報报網网台刊界視欄面室課课省市県県州府]$|新聞|新闻|報道|报道|政治|経済|经济|國際|国際|国际|国内|文化|芸能|科学|教育|環境|医療|健康|体育"
    r"|娱乐|科技|财经|財經|地方|地域|全国|写真|画像|動画|速報|特集|連載|記事|会員|会议|有料|無料|限定|編集|编辑|記者|记者|来源|責任|责任|評論|评论"
    r"|社説|論説|分享|共有|保存|印刷|関連|中国|日本|世界|生活|社会"
)


def is_han_name(text: str) -> bool:
    """Tell whether a line is four Chinese characters or so that can be a person's name and are no section's or place's.

    Only where it stands, as between headline and date, can say that it is one.
    """
    return (
        is_dense(text)
        and _HAN_ALONE.fullmatch(text) is not None
        and _SECTION.search(text) is None
        and not is_place(text)
    )


class Credits(NamedTuple):
    """What a line of credits says."""

    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    location: str | None = None


def read_cjk(text: str, language: str | None) -> Credits | None:
    """Read a credit line in plain form without its dates, or None where it is none.

    language: base code; decides whether two short words are two names or the halves of one.
    """
    if len(text) > 120 or "。" in text[:-1]:
        return None
    found = _Found(language)
    korean = _korean(text, found)
    if not korean:
        _labelled(text, found)
    if not found.any():
        _bare(text, found)
    return found.credits() if found.any() else None


class _Found:
    __slots__ = ("agencies", "authors", "editors", "language", "location")

    def __init__(self, language: str | None) -> None:
        self.language = language
        self.authors: list[str] = []
        self.agencies: list[str] = []
        self.editors: list[str] = []
        self.location: str | None = None

    def any(self) -> bool:
        return bool(self.authors or self.agencies or self.editors)

    def credits(self) -> Credits:
        return Credits(
            tuple(dict.fromkeys(self.authors)),
            tuple(dict.fromkeys(self.agencies)),
            tuple(dict.fromkeys(self.editors)),
            self.location,
        )


def _korean(text: str, found: _Found) -> bool:
    for match in _KOREAN.finditer(_KOREAN_PHOTO.sub(" ", text)):
        names = [name.strip() for name in _KOREAN_LIST.split(match["names"])]
        found.authors.extend(
            name for name in names if name and not is_agency(name) and not is_place(name) and not is_newsroom(name)
        )
    if not found.authors:
        return False
    found.agencies.extend(agency for piece in _KOREAN_PIECES.split(text) if (agency := is_agency(piece)))
    place = _KOREAN_PLACE.search(text)
    if place:
        found.location = place[1]
    return True


def _labelled(text: str, found: _Found) -> None:
    taiwan = _TAIWAN.search(text)
    if taiwan and not is_agency(taiwan["name"]):
        both = taiwan["name"] + taiwan["place"]
        cut = next((length for length in (2, 3, 4) if is_place(both[-length:])), len(taiwan["place"]))
        found.authors.append(both[:-cut])
        found.location = both[-cut:]
        head = is_agency(text[: taiwan.start()].strip(" (（〔[【"))
        if head:
            found.agencies.append(head)
        return
    text = _WITH_PICTURES.sub(r"\g<by>", text)
    matches = list(_LABEL.finditer(text))
    for place, match in enumerate(matches):
        end = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        kind = match.lastgroup
        if (
            place
            and matches[place - 1].lastgroup == "other"
            and not text[matches[place - 1].end() : match.start()].strip()
        ):
            continue  # "图/本报记者 陆一鸣": the reporter took the pictures
        names, agencies, location = _names(text[match.end() : end], found.language)
        if kind in ("by", "source"):
            if kind == "by":
                found.authors.extend(names)
            found.agencies.extend(agencies)
            found.location = found.location or location
        elif kind == "editor":
            found.editors.extend(names)
    if matches and matches[0].start() > 0:
        found.agencies.extend(_names(text[: matches[0].start()], found.language)[1])


def _names(text: str, language: str | None) -> tuple[list[str], list[str], str | None]:
    """The people, agencies and the place of a piece of credits."""
    names: list[str] = []
    agencies: list[str] = []
    location = None
    rest = text.strip()
    if language == "ja":
        names.extend(f"{match[1]} {match[2]}" for match in _JAPANESE_PAIR.finditer(rest))
        rest = _JAPANESE_PAIR.sub(" ", rest)
    whole = is_agency(rest)
    for piece in [rest] if whole else [part.strip() for part in _EDGE.split(rest)]:
        agency = is_agency(piece)
        if agency:
            agencies.append(agency)
            continue
        bare = _GLUED_TITLE.sub("", piece)
        if bare != piece and is_place(bare):
            location = bare
            continue
        if not bare or _NO_NAME.search(bare) or is_newsroom(bare):
            continue
        if is_place(bare):
            location = location or bare
        elif _HAN_NAME.fullmatch(bare) or (language in ("ja", None) and _KANA_NAME.fullmatch(bare)) or _hangul(bare):
            names.append(bare)
    return names, agencies, location


def _hangul(text: str) -> bool:
    return _HANGUL_NAME.fullmatch(text) is not None


def _bare(text: str, found: _Found) -> None:
    """A line that is nothing but an agency, or a name in brackets, or one with its title behind it."""
    agency = is_agency(text.strip(" ()（）[]【】"))
    if agency:
        found.agencies.append(agency)
        return
    titled = _TITLED.fullmatch(text)
    if titled and not _NO_NAME.search(titled[1]):
        found.authors.append(titled[1])
        return
    match = _BRACKETED.fullmatch(text)
    if match:
        inside = match["inside"].rpartition("＝")[2].rpartition("=")[2]
        names, agencies, _ = _names(inside, found.language)
        if found.language == "ja" and 1 <= len(names) <= 3:
            found.authors.extend(name for name in names if len(name) >= 3)
        found.agencies.extend(agencies)
