"""Invented classified ads, cards and tickers: rows of one shape, of any subject, in several languages.

What makes them foreign in a story is their shape and their repetition, so that is what varies here: which fields a row
has, in what order and spelling, whether a row is printed twice, whether markup is left in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_THINGS = {
    "en": "flat|house|studio|loft|garage|van|bicycle|sofa|camera|piano|tent|office|plot of land|boat|scooter",
    "de": "Wohnung|Haus|Garage|Fahrrad|Kamera|Klavier|Büro|Grundstück|Boot|Roller|Sofa|Zelt|Gartenlaube|Transporter",
    "fr": "appartement|maison|studio|garage|vélo|canapé|bureau|terrain|bateau|fourgon|local commercial|piano",
    "es": "piso|casa|estudio|garaje|bicicleta|sofá|oficina|terreno|barco|furgoneta|local|piano|ático",
    "cs": "byt|dům|garáž|kolo|chata|pozemek|kancelář|člun|dodávka|klavír|stan|sklad",
    "it": "appartamento|casa|monolocale|box auto|bicicletta|ufficio|terreno|barca|furgone|negozio",
    "pl": "mieszkanie|dom|kawalerka|garaż|rower|biuro|działka|łódź|lokal|magazyn",
    "ru": "квартира|дом|студия|гараж|велосипед|офис|участок|лодка|помещение|дача",
    "pt": "apartamento|casa|estúdio|garagem|bicicleta|escritório|terreno|barco|loja",
    "ja": "マンション|一戸建て|駐車場|自転車|事務所|土地|倉庫|アパート",
}
_VERBS = {
    "en": "for sale|for rent|wanted|to let|offered|from private owner", "de": "zu verkaufen|zu vermieten|gesucht|ab sofort",
    "fr": "à vendre|à louer|recherche", "es": "en venta|en alquiler|se busca", "cs": "prodej|pronájem|hledám",
    "it": "in vendita|in affitto|cercasi", "pl": "na sprzedaż|do wynajęcia|szukam", "ru": "продажа|аренда|сдаётся",
    "pt": "à venda|para alugar|procura-se", "ja": "販売中|賃貸|募集中",
}  # fmt: skip
_STREETS = {
    "en": "Mill Lane|Station Road|Harbour Street|Oak Avenue|Church Close", "de": "Lindenweg|Bahnhofstraße|Am Markt|Gartenstr.",
    "fr": "rue du Moulin|avenue des Tilleuls|place du Marché", "es": "calle Mayor|avenida del Puerto|plaza Nueva",
    "cs": "Nádražní|Dlouhá|Na Kopci|U Mlýna", "it": "via Garibaldi|corso Italia|piazza Nuova", "pl": "ul. Lipowa|ul. Polna",
    "ru": "ул. Садовая|пр. Мира|ул. Лесная", "pt": "rua das Flores|avenida Central", "ja": "本町|駅前通り|緑が丘",
}  # fmt: skip
_ROLES = {
    "en": "Nurse|Driver|Accountant|Barista|Electrician|Teacher|Data analyst", "de": "Pflegekraft|Fahrer|Elektriker|Lehrkraft",
    "fr": "Infirmier|Chauffeur|Comptable|Électricien", "es": "Enfermera|Conductor|Contable|Electricista",
    "cs": "Řidič|Účetní|Kuchař|Elektrikář", "it": "Infermiere|Autista|Contabile", "pl": "Kierowca|Księgowa|Kucharz",
    "ru": "Водитель|Бухгалтер|Повар", "pt": "Enfermeiro|Motorista|Contador", "ja": "看護師|ドライバー|経理",
}  # fmt: skip
_CURRENCY = ("€{}", "{} €", "${}", "£{}", "{} Kč", "{} zł", "{} ₽", "CHF {}", "{} EUR", "¥{}", "{},-", "{} kr")


def _number(rng: random.Random, low: int, high: int) -> str:
    value = rng.randint(low, high)
    return rng.choice((f"{value}", f"{value:,}", f"{value:,}".replace(",", " "), f"{value:,}".replace(",", ".")))


def _area(rng: random.Random) -> str:
    size = rng.randint(18, 240)
    return rng.choice((f"{size} m²", f"{size}m²", f"{size}m2", f"{size} sq m", f"{size} qm"))


def _clock(rng: random.Random) -> str:
    return f"{rng.randint(0, 23):02}{rng.choice(':.h')}{rng.choice((0, 15, 30, 45)):02}"


def _rooms(rng: random.Random) -> str:
    rooms = rng.randint(1, 6)
    return rng.choice(
        (f"{rooms}+kk", f"{rooms}+1", f"{rooms} rooms", f"{rooms} Zi.", f"{rooms} bed", f"T{rooms}", f"{rooms}LDK")
    )


def _field(rng: random.Random, what: str, language: str) -> str:
    pick = lambda table: rng.choice(table[language].split("|"))  # noqa: E731
    match what:
        case "thing":
            return pick(_THINGS)
        case "Thing":
            thing = pick(_THINGS)
            return thing[0].upper() + thing[1:]
        case "verb":
            return pick(_VERBS)
        case "street":
            return f"{pick(_STREETS)} {rng.randint(1, 140)}" if rng.random() < 0.5 else pick(_STREETS)
        case "role":
            return pick(_ROLES)
        case "price":
            return rng.choice(_CURRENCY).format(_number(rng, 9, 900_000))
        case "area":
            return _area(rng)
        case "rooms":
            return _rooms(rng)
        case "clock":
            return _clock(rng)
        case "phone":
            return f"{rng.randint(100, 999)} {rng.randint(100, 999)} {rng.randint(100, 999)}"
        case "stars":
            return f"{rng.randint(1, 4)}.{rng.randint(0, 9)}/5 ({rng.randint(3, 2000)})"
        case "year":
            return str(rng.randint(1998, 2025))
        case _:
            return f"{rng.randint(5, 300)} 000 km"


_MAKES = (
    ("Thing", "verb", "rooms", "area"), ("Thing", "rooms", "area", "price"), ("verb", "thing", "price"),
    ("role", "street"), ("role", "price"), ("clock", "Thing", "verb"), ("Thing", "year", "km", "price"),
    ("Thing", "stars", "price"), ("Thing", "verb", "phone"), ("area", "rooms", "street"), ("Thing", "price"),
)  # fmt: skip
_JOINTS = (", ", " - ", " – ", " | ", " · ", " / ", " ", ": ")


def invent_classifieds(rng: random.Random) -> list[str]:
    """A block of one to six rows of one make, each perhaps with a second line, printed twice, or with markup left."""
    language = rng.choice(list(_THINGS))
    make, joint = rng.choice(_MAKES), rng.choice(_JOINTS)
    second = rng.choice((None, None, ("street",), ("price",), ("street", "price"), ("phone",), ("clock",)))
    twice = rng.random() < 0.25
    lines: list[str] = []
    for _ in range(rng.choice((1, 1, 2, 2, 3, 4, 5, 6))):
        row = joint.join(_field(rng, what, language) for what in make)
        lines.append(row)
        if twice:
            # the reader has read leftover markup as text by the time a block is judged
            lines.append(row.replace("m²", "m2"))
        if second:
            lines.append(", ".join(_field(rng, what, language) for what in second))
    return lines
