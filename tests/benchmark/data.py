"""Paragraphs and questions, the same for every engine, drawn from seeds."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from indexer import corpus
from indexer.search.analysis import STOP_WORDS, sentences

from .question import Question

_SENTENCES = (3, 7)  # of a paragraph, fewest and most; the paper's have 5 in the middle
_MIN_LETTERS = 20  # of a sentence: what is shorter is a heading or a formula
_COMMONEST = 2_000  # words that questions are made of: common ones, for these cost
_WORD = re.compile(r"(?<![\w'-])[a-z]{5,}(?![\w'-])")
_PAIR = re.compile(rf"({_WORD.pattern}) ({_WORD.pattern})")
_PREFIX = 4  # letters


def pool(shipped: Path, collections: Path | None) -> list[str]:
    """Return the sentences to make paragraphs of: those of a corpus folder and of collections.

    A collection is a folder with a ``corpus.jsonl`` of records that have a ``text``.
    """
    texts = [p.text for document in corpus.read_documents(shipped)[0] for p in document.paragraphs]
    for file in sorted(collections.glob("*/corpus.jsonl")) if collections else ():
        with file.open(encoding="utf-8") as stream:
            texts += [json.loads(line).get("text") or "" for line in stream]
    found = [text[start:stop].strip() for text in texts for start, stop in sentences(text)]
    return [sentence for sentence in found if len(sentence) >= _MIN_LETTERS]


def paragraphs(pool: Sequence[str], count: int, seed: int = 7) -> list[str]:
    """Return paragraphs of sentences drawn from a pool; more begin with the same ones."""
    draw = random.Random(seed)
    return [" ".join(draw.choices(pool, k=draw.randint(*_SENTENCES))) for _ in range(count)]


def questions(texts: Sequence[str], each: int, seed: int = 3) -> list[Question]:
    """Return so many different questions of each kind about some paragraphs, kind after kind."""
    draw = random.Random(seed)
    counts = Counter(word for text in texts for word in _WORD.findall(text))
    common = [word for word, _ in counts.most_common(_COMMONEST) if word not in STOP_WORDS]
    makers: dict[str, Callable[[], tuple[str, ...]]] = {
        "or": lambda: tuple(draw.sample(common, 2)),
        "and": lambda: _together(draw, texts, frozenset(common)),
        "phrase": lambda: draw.choice(_PAIR.findall(draw.choice(texts)) or [()]),
        "prefix": lambda: (draw.choice(common)[:_PREFIX],),
        "eight": lambda: tuple(draw.sample(common, 8)),
    }
    found: dict[Question, None] = {}
    for kind, make in makers.items():
        wanted = len(found) + each
        while len(found) < wanted:
            words = make()
            if words and not STOP_WORDS & set(words):
                found[Question(kind, words)] = None
    return list(found)


def _together(draw: random.Random, texts: Sequence[str], common: frozenset[str]) -> tuple[str, ...]:
    """Return two words that occur in one paragraph."""
    words = sorted(set(_WORD.findall(draw.choice(texts))) & common)
    return tuple(draw.sample(words, 2)) if len(words) > 1 else ()


def warm_up(asked: Sequence[Question], texts: Sequence[str]) -> Iterator[Question]:
    """Return other questions with the same terms, so that no answer is known beforehand."""
    words = sorted({word for text in texts for word in _WORD.findall(text)})
    by_prefix: dict[str, list[str]] = {}
    for word in words:
        by_prefix.setdefault(word[:_PREFIX], []).append(word)
    known = set(asked)
    for question, next_question in zip(asked, [*asked[1:], asked[0]], strict=True):
        if question.kind == "prefix":
            terms = by_prefix[question.words[0]]
            other = [Question("eight", tuple(terms[n : n + 8])) for n in range(0, len(terms), 8)]
        elif question.kind == "phrase":
            other = [Question("or", question.words)]
        else:
            half = len(question.words) // 2
            other = [
                Question("eight", question.words[:half] + next_question.words[half:]),
                Question("eight", next_question.words[:half] + question.words[half:]),
            ]
        yield from (new for new in other if new not in known)
