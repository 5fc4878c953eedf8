"""What the Whoosh index holds: one document a paragraph, its place, every word's positions."""

from __future__ import annotations

import numpy as np
from whoosh import fields, formats


class Positions(formats.Positions):
    """Positions of a word in one paragraph, in tokens from its first, as 32-bit integers."""

    def decode_positions(self, value: bytes) -> list[int]:
        """Bytes as positions."""
        return [int(position) for position in np.frombuffer(value, "<i4")]

    def decode_frequency(self, value: bytes) -> int:
        """How many positions the bytes hold."""
        return len(value) // 4


class WordsField(fields.FieldType):
    """A field of words that were analysed before; it is asked for them, and never given them."""

    def __init__(self) -> None:
        super().__init__(Positions(), None, scorable=True)


def schema() -> fields.Schema:
    """The fields of a paragraph: what is known of its place, and its words and its headings'.

    Its number in Whoosh is its position in the index, from 0.
    """
    place = ("id", "document", "section", "page")
    stored = {name: fields.STORED() for name in place}
    return fields.Schema(**stored, text=WordsField(), headings=WordsField())
