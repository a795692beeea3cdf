"""What a batch did, as numbers that add up; it owns the exit code."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from newsclean.model import JOINT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsclean.batch.outcome import Outcome

LEAST = 20
"""Pages that a report names as its least certain ones."""

_ROOM = 20 * LEAST
"""Pages looked at before those that are not among the least certain are let go."""


@dataclass(frozen=True, slots=True)
class Report:
    """Totals over outcomes; two reports are added with `+`.

    articles, failed, skipped: sources. kept, dropped, moved: blocks of the articles, words: of their bodies.
    reasons: dropped blocks by name of the Reason. least: the least certain articles, confidence and name, least certain
    first. models: names of the weights that judged.
    """

    articles: int = 0
    failed: int = 0
    skipped: int = 0
    kept: int = 0
    dropped: int = 0
    moved: int = 0
    words: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    least: tuple[tuple[float, str], ...] = ()
    models: tuple[str, ...] = ()

    @classmethod
    def of(cls, outcome: Outcome) -> Report:
        """The report on a single outcome."""
        if outcome.source.skipped:
            return cls(skipped=1)
        if outcome.error or outcome.tally is None:
            return cls(failed=1)
        tally = outcome.tally
        return cls(
            articles=1,
            kept=tally.kept,
            dropped=tally.dropped,
            moved=tally.moved,
            words=tally.words,
            reasons=tally.reasons,
            least=((tally.confidence, outcome.source.label),),
            models=tuple(tally.model.split(JOINT)) if tally.model else (),
        )

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Report:
        """A report as `to_dict` gave it."""
        pairs = {name: tuple((one, other) for one, other in data[name]) for name in ("reasons", "least")}
        return cls(**{**data, **pairs, "models": tuple(data["models"])})

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON-ready data."""
        return asdict(self)

    def __add__(self, other: Report) -> Report:
        reasons = Counter(dict(self.reasons))
        reasons.update(dict(other.reasons))
        counts = {
            field.name: getattr(self, field.name) + getattr(other, field.name)
            for field in fields(self)
            if isinstance(field.default, int)
        }
        return Report(
            **counts,
            reasons=tuple(sorted(reasons.items())),
            least=tuple(_least_of([*self.least, *other.least])),
            models=tuple(sorted({*self.models, *other.models})),
        )

    @property
    def exit_code(self) -> int:
        """0 when every source gave an article, else 1."""
        return 1 if self.failed else 0


class Totals:
    """A report in the making: one outcome after another, without a new report for each."""

    def __init__(self) -> None:
        self._counts = Counter[str]()
        self._reasons = Counter[str]()
        self._models: set[str] = set()
        self._least: list[tuple[float, str]] = []

    def add(self, outcome: Outcome) -> None:
        """Take an outcome into account."""
        counts, tally = self._counts, outcome.tally
        if outcome.source.skipped:
            counts["skipped"] += 1
        elif outcome.error or tally is None:
            counts["failed"] += 1
        else:
            counts["articles"] += 1
            counts["kept"] += tally.kept
            counts["dropped"] += tally.dropped
            counts["moved"] += tally.moved
            counts["words"] += tally.words
            for name, count in tally.reasons:
                self._reasons[name] += count
            if tally.model:
                self._models.update(tally.model.split(JOINT))
            self._least.append((tally.confidence, outcome.source.label))
            if len(self._least) >= _ROOM:
                self._least = _least_of(self._least)

    @property
    def report(self) -> Report:
        """The report on all outcomes so far."""
        return Report(
            **self._counts,
            reasons=tuple(sorted(self._reasons.items())),
            least=tuple(_least_of(self._least)),
            models=tuple(sorted(self._models)),
        )


def _least_of(pages: list[tuple[float, str]]) -> list[tuple[float, str]]:
    return sorted(set(pages))[:LEAST]
