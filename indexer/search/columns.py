"""Tokens as columns: a row for each token of all paragraphs, in arrays."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain

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
        self._lengths, self._stops, self._stop_counts = array("i"), array("i"), array("i")

    def add(self, tokens: Tokens) -> Tokens:
        """Take in the tokens of the next text, and hand them on."""
        self._words.extend(map(self._numbers.__getitem__, tokens.words))
        self._spans.extend(chain.from_iterable(tokens.spans))
        self._sentences.extend(tokens.sentences)
        self._lengths.append(len(tokens.words))
        self._stops.extend(tokens.sentence_stops)
        self._stop_counts.append(len(tokens.sentence_stops))
        return tokens

    def tokens(self, numbers: Mapping[str, int]) -> Ints:
        """Start, stop and word of every token: a row each.

        Start and stop are half-open, in code points of its paragraph; ``numbers`` has the number
        of each word.
        """
        number = np.array([numbers[word] for word in self._numbers], np.int32)
        return np.column_stack((_ints(self._spans).reshape(-1, 2), number[_ints(self._words)]))

    def counts(self, families: dict[str, int]) -> Ints:
        """Family, paragraph and how often the one stands in the other, sorted: a row each.

        ``families`` has the number of a word's family; words that are not in it do not count.
        """
        family = np.array([families.get(word, -1) for word in self._numbers], np.int32)
        family = family[_ints(self._words)]
        size, known = len(self._lengths), family >= 0
        pairs = family[known] * np.int64(size) + self.paragraph[known]
        found, counts = np.unique(pairs, return_counts=True)
        return np.stack((found // size, found % size, counts), axis=1).astype(np.int32)

    @property
    def paragraphs(self) -> Ints:
        """The first token of each paragraph and, last, where all end."""
        return np.cumsum([0, *self._lengths], dtype=np.int32)

    @property
    def sentences(self) -> Ints:
        """The first token of each sentence and, last, where all end."""
        before = np.cumsum(self._stop_counts, dtype=np.int32) - _ints(self._stop_counts)
        sentence = _ints(self._sentences) + before[self.paragraph]
        lengths = np.bincount(sentence, minlength=len(self._stops))
        return np.cumsum([0, *lengths], dtype=np.int32)

    @property
    def sentence_stops(self) -> Ints:
        """Stop, in code points of its paragraph, and paragraph of every sentence: two rows."""
        return np.stack((_ints(self._stops), _owners(self._stop_counts)))

    @cached_property
    def paragraph(self) -> Ints:
        """The paragraph of every token."""
        return _owners(self._lengths)

    @property
    def inverted(self) -> Inverted:
        """The length of each paragraph, and every word with its postings."""
        return Inverted(_ints(self._lengths), self._postings())

    def _postings(self) -> Iterator[tuple[bytes, Posted]]:
        """Tokens sorted by word, then cut: into postings, where word or paragraph changes."""
        order = np.argsort(_ints(self._words), kind="stable")
        word, paragraph = _ints(self._words)[order], self.paragraph[order]
        before = np.cumsum(self._lengths) - _ints(self._lengths)
        position = (order - before[paragraph]).astype(np.int32)
        first = np.flatnonzero(np.diff(word, prepend=-1) | np.diff(paragraph, prepend=-1))
        counts = np.diff(first, append=len(order)).astype(np.int32)
        paragraphs, words = paragraph[first], word[first]
        postings = np.searchsorted(words, np.arange(len(self._numbers) + 1))
        tokens = np.append(first, len(order))[postings]
        for name, number in sorted((word.encode(), n) for word, n in self._numbers.items()):
            low, high = postings[number : number + 2]
            inside = position[tokens[number] : tokens[number + 1]]
            yield name, Posted(paragraphs[low:high], counts[low:high], inside)


def _ints(column: array[int]) -> Ints:
    """An array over the same memory."""
    return np.frombuffer(column, np.int32)


def _owners(counts: array[int]) -> Ints:
    """Whose each row is, where the first of all have so many rows, and so on: 0, 0, 1, 3, ..."""
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts)
