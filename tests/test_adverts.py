"""Classified adverts between a story's paragraphs go; a story about such things keeps its own."""

from __future__ import annotations

import pytest

from newsclean.judging.corrections.adverts import adverts_in_story
from newsclean.model import Block

TOLD = (
    "The pilot waited for the tide on the ninth day, and nobody on the quay saw him hurry, and the baker lost his bet."
)


def dropped(*lines: str) -> list[str]:
    blocks = [Block(at, text) for at, text in enumerate([TOLD, TOLD, *lines, TOLD])]
    return [blocks[place].text for place in sorted(adverts_in_story(blocks, [True] * len(blocks)))]


@pytest.mark.parametrize(
    "lines",
    [
        ("2-bed flat, Quay Street, 64 sqm, $1,450 a month", "Studio, Mill Lane, 31 sqm, $890 a month"),
        ("3 Zimmer, Kaistraße, 72 m², 980 € warm", "Haus mit Garten, 120 m², 1.650 €"),
        ("Prodej bytu 3+kk, 77 m2", "Pronájem bytu 2+1, 54 m2"),
        ("2-комн. кв., Набережная, 54 м², 45 000 ₽", "Студия, 28 кв. м, 27 000 руб."),
        ("1LDK 42㎡ 8.5万円", "2LDK 61㎡ 12万円"),
        ("Golf, 2019, 45 000 km, 12.900 €", "Corsa, 2021, 18.200 km, 13.400 EUR"),
        ("Pflegefachkraft (m/w/d), Klinikum Nord", "Kranführer (m/w/d), Hafenbetriebe"),
        ("Infirmier (H/F), Clinique du Port", "Grutier (H/F), Port autonome"),
    ],
    ids=["en", "de", "cs", "ru", "ja", "cars", "jobs-de", "jobs-fr"],
)
def test_adverts_go_with_the_line_above_them(lines: tuple[str, ...]) -> None:
    assert dropped("In your harbour", *lines) == ["In your harbour", *lines]


def test_their_addresses_go_too() -> None:
    lines = ("Flat for rent, 2+kk, 56m2", "Quay Street 8", "Flat for sale, 3+1, 85m2", "Mill Lane 2")
    assert dropped(*lines) == list(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("The flat has 64 sqm and costs $1,450 a month",),
        ("Area: 64 sqm", "Depth: 11 m"),
        ("Ferry, 1,450 km", "Train, 1,380 km"),
        ("Flat, 64 sqm, $1,450", *["The pilot waited."] * 4, "Studio, 31 sqm, $890"),
    ],
    ids=["one", "no price", "no price of a way", "far apart"],
)
def test_what_stays(lines: tuple[str, ...]) -> None:
    assert dropped(*lines) == []


def test_a_story_of_homes_keeps_its_list() -> None:
    told = f"{TOLD} The flat that he came home to had 58 sqm and cost him $1,100 a month."
    assert dropped(told, "2024: 2 bed flat, 58 sqm, $1,150", "2026: 2 bed flat, 58 sqm, $990") == []


def test_a_page_of_homes_keeps_them() -> None:
    assert (
        dropped(*(f"{number}-bed flat, Quay Street {number}, 64 sqm, $1,450 a month" for number in range(2, 9))) == []
    )


def test_a_sentence_above_them_stays() -> None:
    lines = ("Flat, 64 sqm, $1,450", "Studio, 31 sqm, $890")
    assert dropped("Nobody hurried.", *lines) == list(lines)
