"""Spans: parts of a text, such as the matches of a query."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]  # half-open, in code points of the text it belongs to


class Spans(tuple[Span, ...]):
    """Parts of a text in order, not empty and not overlapping; any others raise ValueError."""

    __slots__ = ()

    def __new__(cls, spans: Iterable[Span] = ()) -> Spans:
        """Check and return spans."""
        made = super().__new__(cls, spans)
        end = 0
        for start, stop in made:
            if not end <= start < stop:
                raise ValueError(f"The span {start}-{stop} is empty or begins before {end}.")
            end = stop
        return made

    def cut(self, text: str) -> tuple[tuple[str, bool], ...]:
        """Return a text in pieces, each True for a span. Raise ValueError if it is too short."""
        if self and self[-1][1] > len(text):
            raise ValueError(f"A span ends at {self[-1][1]} in a text of {len(text)} characters.")
        pieces, end = [], 0
        for start, stop in self:
            pieces += [(text[end:start], False), (text[start:stop], True)]
            end = stop
        pieces.append((text[end:], False))
        return tuple((piece, inside) for piece, inside in pieces if piece)
