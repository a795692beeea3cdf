"""Nouns are dataclasses: whatever `dataclasses` makes of a class, `newsclean.nouns` makes that does the same."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import field

import pytest

from newsclean import nouns
from newsclean.options import Options


class Body:
    """What both are made of."""

    first: int
    second: str = "b"
    third: list[int] = field(default_factory=list)

    @property
    def twice(self) -> int:
        return 2 * self.first


def body(**members: object) -> type:
    annotations = {"first": "int", "second": "str", "third": "list[int]"}
    own = {"__annotations__": annotations, "second": "b", "third": field(default_factory=list), "twice": Body.twice}
    return type("Noun", (), own | {"__module__": __name__, "__qualname__": "Noun"} | members)


def alone() -> type:
    return type("Noun", (), {"__annotations__": {"first": "int"}, "__module__": __name__, "__qualname__": "Noun"})


def none() -> type:
    return type("Noun", (), {"__module__": __name__, "__qualname__": "Noun"})


Noun = nouns.dataclass(frozen=True, slots=True)(body())
Ordinary = dataclasses.dataclass(frozen=True, slots=True)(body())
MAKERS = {"noun": nouns.dataclass, "ordinary": dataclasses.dataclass}


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
class TestBothAlike:
    """What holds for the ordinary ones holds for nouns."""

    def make(self, maker, source=body, **given) -> type:
        return maker(frozen=True, slots=True, **given)(source())

    def test_arguments_and_defaults(self, maker):
        made = self.make(maker)
        assert (made(1).first, made(1).second, made(1).third) == (1, "b", [])
        assert made(1).third is not made(1).third
        assert made(1, third=[2]).third == [2]
        assert made(3).twice == 6
        for wrong in ((), (1, "b", [], 4)):
            with pytest.raises(TypeError):
                made(*wrong)
        with pytest.raises(TypeError):
            made(1, fourth=4)

    def test_equality_and_hash(self, maker):
        made, other = self.make(maker), self.make(maker)
        assert made(1, "c") == made(1, "c") != made(1, "d")
        assert made(1) != other(1)
        assert made(1) != (1, "b", [])
        assert hash(made(1, "c", ())) == hash((1, "c", ()))
        with pytest.raises(TypeError):
            hash(made(1))

    def test_one_field_and_none(self, maker):
        one, empty = self.make(maker, alone), self.make(maker, none)
        assert one(1) == one(1) != one(2)
        assert hash(one(1)) == hash((1,))
        assert repr(one(1)) == "Noun(first=1)"
        assert empty() == empty()
        assert repr(empty()) == "Noun()"

    def test_nothing_can_be_set(self, maker):
        made = self.make(maker)(1)
        with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'first'"):
            made.first = 2
        with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'first'"):
            del made.first
        with pytest.raises((dataclasses.FrozenInstanceError, AttributeError, TypeError)):
            made.fourth = 4
        assert made.first == 1
        assert not hasattr(made, "__dict__")

    def test_the_functions_of_dataclasses(self, maker):
        made = self.make(maker)
        assert dataclasses.is_dataclass(made)
        assert [found.name for found in dataclasses.fields(made)] == ["first", "second", "third"]
        assert dataclasses.replace(made(1), second="c") == made(1, "c")
        assert dataclasses.asdict(made(1)) == {"first": 1, "second": "b", "third": []}
        assert dataclasses.astuple(made(1)) == (1, "b", [])
        assert copy.copy(made(1)) == copy.deepcopy(made(1)) == made(1)

    def test_keywords_alone(self, maker):
        made = self.make(maker, kw_only=True)
        assert made(first=1).first == 1
        with pytest.raises(TypeError):
            made(1)

    def test_after_making(self, maker):
        def refuse(self):
            if self.first < 0:
                raise ValueError("negative")

        made = self.make(maker, lambda: body(__post_init__=refuse))
        assert made(0).first == 0
        with pytest.raises(ValueError, match="negative"):
            made(-1)

    def test_subclasses(self, maker):
        made = self.make(maker)

        @dataclasses.dataclass(frozen=True, slots=True)
        class Longer(made):
            fourth: int = 4

        assert repr(Longer(1)).endswith("Longer(first=1, second='b', third=[], fourth=4)")
        assert Longer(1) == Longer(1) != made(1)
        with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
            Longer(1).first = 2
        with pytest.raises(TypeError):
            dataclasses.dataclass(slots=True)(type("Thawed", (made,), {}))

    def test_matching(self, maker):
        made = self.make(maker)
        match made(1, "c"):
            case made(first, second):
                assert (first, second) == (1, "c")


def test_they_look_the_same():
    assert repr(Noun(1)) == repr(Ordinary(1)) == "Noun(first=1, second='b', third=[])"
    signatures = [inspect.signature(made) for made in (Noun, Ordinary)]
    assert [list(found.parameters) for found in signatures] == [["first", "second", "third"]] * 2
    assert [found.parameters["first"].annotation for found in signatures] == ["int", "int"]
    assert [found.parameters["second"].default for found in signatures] == ["b", "b"]


def test_they_pickle():
    assert pickle.loads(pickle.dumps(Noun(1, "c"))) == Noun(1, "c")
    assert pickle.loads(pickle.dumps(Options(language="cs"))) == Options(language="cs")


@pytest.mark.parametrize("given", [{"frozen": False, "slots": True}, {"frozen": True, "slots": False}])
def test_other_classes_are_refused(given):
    with pytest.raises(TypeError, match="frozen and has slots"):
        nouns.dataclass(**given)
