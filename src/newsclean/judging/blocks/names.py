"""What the class, id and role names around a block are made of, numbered for the tagger's embeddings.

A name stands on many elements, and an element's names count for every block below it. So each distinct name is read
once, and sums over the containers of a block are taken along the tree: cost grows with the elements of a page, not
with elements times depth.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from string import ascii_letters
from typing import TYPE_CHECKING

import numpy as np

from newsclean.judging.blocks.numbering import distinct, numbers_of
from newsclean.judging.blocks.words import Bag
from newsclean.patterns import plain_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from newsclean.judging.blocks.markup import Tree
    from newsclean.model import Layout

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

NAME_PART = plain_pattern(r"[A-Z]?[a-z]{2,}+|[A-Z]{2,}+(?![a-z])")
"""A word of a name, however the words of it are joined: `article-body`, `articleBody`, `ARTICLE_BODY`."""

NO_NAMES = Bag(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
_ROOM = 1 << 20
"""Numbers that known parts may have, and more."""
_END = "\0"
_JOINT = f" {_END} "
_LETTERS_ALONE = bytes(byte if chr(byte) in ascii_letters + _END else ord(" ") for byte in range(256))


@dataclass(frozen=True, slots=True)
class Names:
    """The known name parts of every element of a page, and where the blocks stand.

    number: numbers of the parts of every distinct name, one name after the other. sizes: how many each has; the first
    name is the root's, which has none. name: of each element. tree: of the elements.
    """

    number: Ints
    sizes: Ints
    name: Ints
    tree: Tree

    def sums(self, near: Floats, far: Floats) -> tuple[Floats, Floats]:
        """For every block the summed rows of its name parts: of the three innermost elements, and of those around.

        near, far: a row per number; sums of their values must be exact in any order.
        """
        around, beyond = self._outward()
        of_name, far_of_name = self._sums_of_names(near, far)
        inner = of_name.take(self.name.take(self.tree.element), axis=0)
        for elements in around:
            inner += of_name.take(self.name.take(elements), axis=0)
        outer = far_of_name.take(self.name, axis=0)
        # every step doubles the reach: an element alone, with its parent, with three ancestors, with seven
        for ancestor in self.tree.ancestors:
            outer += outer.take(ancestor, axis=0)
        return inner, outer.take(beyond, axis=0)

    def _sums_of_names(self, *tables: Floats) -> tuple[Floats, ...]:
        """For every name the summed rows of its parts, in each of the tables."""
        filled = self.sizes.nonzero()[0]
        starts = (self.sizes.cumsum() - self.sizes)[filled]
        all_sums = []
        for table in tables:
            sums = np.zeros((len(self.sizes), table.shape[1]), dtype=np.float32)
            if filled.size:
                sums[filled] = np.add.reduceat(table.take(self.number, axis=0), starts, axis=0)
            all_sums.append(sums)
        return tuple(all_sums)

    def bags(self) -> tuple[Bag, Bag]:
        """The same parts listed block by block, outermost first, as training wants them."""
        places = np.cumsum(self.sizes)[:-1]
        parts = [tuple(part.tolist()) for part in np.split(self.number, places)]
        outward: list[tuple[int, ...]] = []
        for name, parent in zip(self.name.tolist(), self.tree.parents.tolist(), strict=True):
            outward.append(outward[parent] + parts[name] if outward else parts[name])
        lists = [outward[element] for element in self.tree.element.tolist()]
        # an element's list starts with the lists of its ancestors
        cuts = [len(outward[beyond]) for beyond in self._outward()[1].tolist()]
        near = [whole[cut:] for whole, cut in zip(lists, cuts, strict=True)]
        return _bag(near), _bag([whole[:cut] for whole, cut in zip(lists, cuts, strict=True)])

    def _outward(self) -> tuple[tuple[Ints, Ints], Ints]:
        parents = self.tree.parents
        parent = parents.take(self.tree.element)
        grandparent = parents.take(parent)
        return (parent, grandparent), parents.take(grandparent)


def read_names(layout: Layout, tree: Tree, numbers: Mapping[str, int]) -> Names:
    """Number the class, id and role names of a page's elements.

    tree: the elements of `layout` as arrays. numbers: known part → number.
    """
    texts, name = [*tree.names], tree.name.copy()
    # few elements have more than a class
    others: dict[str, int] = {}
    for element, (identity, role) in enumerate(zip(layout.ids, layout.roles, strict=True)):
        if identity or role:
            whole = f"{layout.classes[element]} {identity} {role}"
            name[element] = others.setdefault(whole, len(texts) + len(others))
    texts += others
    joined = _JOINT.join(texts)
    if joined.count(_END) != len(texts) - 1:
        joined = _JOINT.join([text.replace(_END, " ") for text in texts])
    letters = joined.encode("ascii", "replace").translate(_LETTERS_ALONE).decode("ascii").split()
    forms, run = numbers_of([_END, *letters], len(letters) + 1)
    run = run[1:]
    # every known part of a run of letters with the name that it stands in, as one number
    owner = (run == 0).cumsum() * _ROOM
    known = np.fromiter(map(numbers.get, forms, repeat(0)), np.int64, len(forms)).take(run)
    keys = distinct(np.concatenate([(owner + known)[known > 0], _inner_parts(forms, run, owner, numbers)]))
    return Names(keys % _ROOM, np.bincount(keys // _ROOM, minlength=len(texts)), name, tree)


def _inner_parts(forms: Mapping[str, int], run: Ints, owner: Ints, numbers: Mapping[str, int]) -> Ints:
    """Every known part that capitals set off in a run of letters, with the run's owner, as one number."""
    parts_of = {forms[form]: _parts_of(form, numbers) for form in forms if not form.islower()}
    mixed = np.zeros(len(forms), dtype=np.bool_)
    mixed[[form for form, parts in parts_of.items() if parts]] = True
    places = mixed.take(run).nonzero()[0]
    pairs = zip(owner.take(places).tolist(), run.take(places).tolist(), strict=True)
    return np.array([own + part for own, form in pairs for part in parts_of[form]], dtype=np.int64)


def _parts_of(letters: str, numbers: Mapping[str, int]) -> tuple[int, ...]:
    parts = [part.lower() for part in NAME_PART.findall(letters)]
    return tuple([numbers[part] for part in parts if part in numbers])


def _bag(lists: list[tuple[int, ...]]) -> Bag:
    sizes = np.fromiter(map(len, lists), np.int64, len(lists))
    number = np.array([number for numbers in lists for number in numbers], dtype=np.int64)
    return Bag(number, np.repeat(np.arange(len(lists), dtype=np.int64), sizes))
