"""Tokens as columns: a row for each token of all paragraphs, in arrays."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from .analysis import Tokens
from .codec import Inverted, Posted
from .matching import Ints


class Columns:
    """The tokens of texts, gathered one text behind the other."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._words, self._spans, self._sentences = array("i"), array("i"), array("i")
        self._tokens, self._stops, self._texts = array("i"), array("i"), array("i")

    def add(self, tokens: Tokens) -> Tokens:
        """Take in the tokens of the next text, and hand them on."""
        number, sentences = len(self._tokens), len(self._stops)
        self._words.extend(map(self._numbers.__getitem__, tokens.words))
        self._spans.extend(edge for span in tokens.spans for edge in span)
        self._sentences.extend(sentence + sentences for sentence in tokens.sentences)
        self._stops.extend(tokens.sentence_stops)
        self._texts.extend([number] * len(tokens.sentence_stops))
        self._tokens.append(len(tokens.words))
        return tokens

    @property
    def words(self) -> tuple[str, ...]:
        """The different words, in the order in which they came."""
        return tuple(self._numbers)

    def rows(self, families: dict[str, int]) -> Ints:
        """Start, stop, sentence, paragraph and family of every token: five rows.

        Start and stop are half-open, in code points of the paragraph; sentences and paragraphs are
        counted from 0 over all. ``families`` has the number of a word's family; of a word that is
        not in it -1.
        """
        numbers = np.array([families.get(word, -1) for word in self._numbers], np.int32)
        start, stop = _ints(self._spans).reshape(-1, 2).T
        return np.stack((start, stop, _ints(self._sentences), self._paragraph, numbers[self._word]))

    @property
    def sentences(self) -> Ints:
        """Stop, in code points of its paragraph, and paragraph of every sentence: two rows."""
        return np.stack((_ints(self._stops), _ints(self._texts)))

    @property
    def inverted(self) -> Inverted:
        """The postings of every word."""
        return Inverted(_ints(self._tokens), self._postings())

    @property
    def _word(self) -> Ints:
        return _ints(self._words)

    @property
    def _paragraph(self) -> Ints:
        lengths = _ints(self._tokens)
        return np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)

    def _postings(self) -> Iterator[tuple[bytes, Posted]]:
        """Every word with its postings: tokens sorted by word, cut where another one begins."""
        lengths = _ints(self._tokens)
        order = np.argsort(self._word, kind="stable")
        paragraph = self._paragraph[order]
        position = (order - (np.cumsum(lengths) - lengths)[paragraph]).astype(np.int32)
        stops = np.cumsum(np.bincount(self._word, minlength=len(self._numbers)))
        for word, number in sorted((word.encode(), n) for word, n in self._numbers.items()):
            low, high = stops[number - 1] if number else 0, stops[number]
            paragraphs, counts = np.unique(paragraph[low:high], return_counts=True)
            yield word, Posted(paragraphs, counts.astype(np.int32), position[low:high])


def _ints(column: array[int]) -> Ints:
    """An array over the same memory."""
    return np.frombuffer(column, np.int32)
