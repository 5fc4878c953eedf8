"""What the Whoosh index holds: one document a paragraph, every word with its positions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from whoosh import fields, formats


class Positions(formats.Positions):
    """Positions of a word in one paragraph, as 32-bit integers that arrays can be made of."""

    def encode(self, positions: Sequence[int]) -> bytes:
        """Positions, in tokens from the paragraph's first, as bytes."""
        return np.asarray(positions, "<u4").tobytes()

    def decode_positions(self, value: bytes) -> list[int]:
        """Bytes as positions."""
        return [int(position) for position in np.frombuffer(value, "<u4")]

    def decode_frequency(self, value: bytes) -> int:
        """How many positions the bytes hold."""
        return len(value) // 4


class WordsField(fields.FieldType):
    """A field that is given words already analysed, in order; none is dropped."""

    def __init__(self) -> None:
        super().__init__(Positions(), None, scorable=True)

    def index(self, value: Sequence[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The postings of one paragraph: word, frequency, weight, positions."""
        places = defaultdict(list)
        for place, word in enumerate(value):
            places[word].append(place)
        for word, found in places.items():
            yield word.encode(), len(found), float(len(found)), self.format.encode(found)


def schema() -> fields.Schema:
    """The fields of a paragraph. ``position`` is its place in the index, from 0."""
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        document=fields.ID(stored=True),
        section=fields.ID(stored=True),
        page=fields.NUMERIC(stored=True),
        position=fields.NUMERIC(stored=True),
        text=WordsField(),
        headings=WordsField(),
    )
