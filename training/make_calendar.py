"""Write the calendar and gazetteer tables of `newsclean.frontmatter` from CLDR, as Babel ships it.

    python training/make_calendar.py

Needs Babel (2.18 was used); the tables are plain text and go into the wheel, Babel does not.
Own additions belong into `names/words.txt` and `names/cities.txt`, which no command overwrites.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

from babel import localedata

from newsclean.frontmatter.lexicon import without_accents

NAMES = Path(__file__).parents[1] / "src/newsclean/frontmatter/names"
GAZETTEER = tuple(
    (
        "en de fr es it pt nl da sv nb nn fi is et lv lt pl cs sk sl hr sr bs mk bg ru uk be ro hu el tr az "
        "sq ca gl eu ga cy mt ar fa ur ps ku ckb he hi bn ta te ml kn gu mr pa ne si my km lo th vi id ms jv "
        "fil sw ha yo ig am so zu af ka hy kk ky uz tg tk mn zh ja ko "
    ).split()
)
NO_CITIES = (
    "Antarctica/", "Etc/", "SystemV/", "Pacific/Easter", "Indian/Christmas", "America/Resolute", "America/Nome",
    "America/Dawson", "America/Creston", "Atlantic/Stanley",
)  # fmt: skip
"""Zones whose last part is no city's name, or first of all a word or a person's name."""
PERIODS = {
    "am": "am",
    "pm": "pm",
    "morning1": "am",
    "morning2": "am",
    "afternoon1": "pm",
    "afternoon2": "pm",
    "evening1": "pm",
    "evening2": "pm",
    "night1": "night",
    "noon": "noon",
    "midnight": "midnight",
}


def fold(name: str) -> str:
    """Letter case, composition and the trailing dots of abbreviations do not matter when a name is looked up."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold()).strip(" .\u200e\u200f")


def widths(node: Any, *names: str) -> list[dict[Any, str]]:
    """The tables of the given widths, in running and in stand-alone use, where the locale has its own."""
    found = []
    for context in ("format", "stand-alone"):
        table = node.get(context) if isinstance(node, dict) else None
        for name in names:
            width = table.get(name) if isinstance(table, dict) else None
            if isinstance(width, dict):
                found.append(width)
    return found


def usable(name: str) -> bool:
    return len(name) > 0 and not any(letter.isdigit() for letter in name)


def main() -> None:
    calendar: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    cities: set[str] = set()
    countries: set[str] = set()
    for identifier in sorted(localedata.locale_identifiers()):
        language = identifier.split("_")[0]
        data = localedata.load(identifier, merge_inherited=False)
        for table in widths(data.get("months"), "wide", "abbreviated"):
            for number, name in table.items():
                if usable(fold(name)) and len(fold(name)) > 1:
                    calendar[fold(name)][f"m{number}"].add(language)
        for table in widths(data.get("days"), "wide", "abbreviated", "short"):
            for number, name in table.items():
                if usable(fold(name)) and len(fold(name)) > 1:
                    calendar[fold(name)][f"d{number}"].add(language)
        for table in widths(data.get("day_periods"), "wide", "abbreviated"):
            for period, name in table.items():
                short = len(fold(name)) == 1 and fold(name).isascii()
                if period in PERIODS and usable(fold(name)) and not short:
                    calendar[fold(name)][PERIODS[period]].add(language)
        if language in GAZETTEER:
            # English leaves out the cities that are called as their zone is: "Asia/Karachi".
            cities.update(
                zone.rpartition("/")[2].replace("_", " ").casefold()
                for zone in data.get("time_zones") or {}
                if zone.count("/") == 1 and not zone.startswith(NO_CITIES) and usable(zone)
            )
            cities.update(
                zone["city"].casefold()
                for zone in (data.get("time_zones") or {}).values()
                if isinstance(zone.get("city"), str) and usable(zone["city"])
            )
            countries.update(
                name.casefold()
                for code, name in (data.get("territories") or {}).items()
                if code.isalpha() and usable(name)
            )
    cities |= {without_accents(name) for name in cities if not name.isascii()}
    lines = [
        f"{name}\t" + "|".join(f"{code} {' '.join(sorted(languages))}" for code, languages in sorted(codes.items()))
        for name, codes in sorted(calendar.items())
    ]
    (NAMES / "calendar.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (NAMES / "world.txt").write_text(
        "\n".join(sorted(cities)) + "\n\n" + "\n".join(sorted(countries)) + "\n", encoding="utf-8"
    )
    print(len(lines), "calendar names,", len(cities), "cities,", len(countries), "countries")


if __name__ == "__main__":
    main()
