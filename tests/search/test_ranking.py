"""Scores are those of the formula in ``rank``, computed slowly, and those of Whoosh."""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from functools import cached_property
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import analysis, fields, query, scoring
from whoosh.filedb.filestore import RamStorage
from whoosh.matching import Matcher
from whoosh.searching import Searcher

from indexer.search import rank, related
from indexer.search.analysis import STOP_WORDS, key, tokenize
from indexer.search.bm25 import K1, B, best
from indexer.search.engine import Engine
from indexer.search.match import select
from indexer.search.parse import parse
from indexer.search.plan import QUESTION, Plan, plan
from indexer.search.prose import asking, is_prose
from indexer.search.query import And, Or, Term, form, terms
from indexer.search.rank import EXACT_FORM, IN_HEADING, Ranker
from indexer.search.results import Request

from .asking import rows

QUERIES = [row[0] for row in rows("judged.tsv") if re.fullmatch(r"[\w ]+\??", row[0])]
HALF_PRECISION = 1e-3  # of what is stored on how like paragraphs are


class Slow:
    """The formula, over lists of words."""

    def __init__(self, engine: Engine) -> None:
        places = [(d, p) for d in engine.documents for p in d.paragraphs]
        self.ids = [paragraph.id for _, paragraph in places]
        self.texts = [tokenize(paragraph.text).words for _, paragraph in places]
        self.headings = [tokenize("\n".join(d.headings[p.section])).words for d, p in places]
        self.average = sum(map(len, self.texts)) / len(self.texts)

    def idf(self, counts: list[int]) -> float:
        having = sum(map(bool, counts))
        return math.log(1 + (len(self.texts) - having + 0.5) / (having + 0.5))

    def bm25(self, counts: list[int]) -> list[float]:
        return [
            self.idf(counts) * n * (K1 + 1) / (n + K1 * (1 - B + B * len(words) / self.average))
            for n, words in zip(counts, self.texts, strict=True)
        ]

    def forms(self, word: str) -> list[int]:
        """Return how often any form of a word occurs in each paragraph."""
        return self.family(key(word))

    def family(self, name: str) -> list[int]:
        """Return how often any word with a key occurs in each paragraph."""
        return [sum(key(w) == name for w in words) for words in self.texts]

    def word(self, word: str) -> list[float]:
        """Return what a word in the text adds to the score of each paragraph."""
        forms = self.bm25(self.forms(word))
        exact = self.bm25([words.count(word) for words in self.texts])
        return [a + EXACT_FORM * b for a, b in zip(forms, exact, strict=True)]

    def heading(self, word: str) -> list[float]:
        """Return what a word in a heading adds."""
        idf = self.idf(self.forms(word))
        return [IN_HEADING * idf * (key(word) in map(key, words)) for words in self.headings]

    def beginning(self, word: str) -> list[float]:
        """Return what a word among the first of a paragraph adds."""
        idf = self.idf(self.forms(word))
        firsts = (words[: rank.FIRST_WORDS] for words in self.texts)
        return [rank.BEGINNING * idf * (key(word) in map(key, words)) for words in firsts]

    def near(self, one: str, two: str, gap: int) -> list[float]:
        """Return what two words add if they are as far from each other as they were typed."""
        idf = (self.idf(self.forms(one)) + self.idf(self.forms(two))) / 2
        wanted = (key(one), key(two))
        counts = [
            sum((key(a), key(b)) == wanted for a, b in zip(words, words[gap:], strict=False))
            for words in self.texts
        ]
        return [idf * n / (n + 1) for n in counts]

    @cached_property
    def keywords(self) -> list[dict[str, float]]:
        """Return the keywords of each paragraph by family, and the weight of each."""
        counts = Counter(word for words in self.texts for word in words)
        common = {key(word) for word in counts if word in STOP_WORDS}
        found = []
        for words in self.texts:
            stands = Counter(key(word) for word in words if key(word) not in common)
            weights = {
                name: n * self.idf(self.family(name))
                for name, n in sorted(stands.items())
                if sum(map(bool, self.family(name))) > 1
            }
            most = sorted(weights, key=lambda name: -weights[name])[: related.KEYWORDS]
            found.append({name: weights[name] for name in most})
        return found

    def like(self, number: int) -> list[float]:
        """Return how similar every paragraph is to one."""
        keywords = self.keywords[number]
        if not keywords:
            return [0.0] * len(self.texts)
        scores = added(
            *([weight * x for x in self.bm25(self.family(n))] for n, weight in keywords.items())
        )
        return [score / scores[number] for score in scores]

    def feedback(self, scores: list[float], found: set[str]) -> list[float]:
        """Return what similarity to the best of the paragraphs found adds."""
        numbers = [number for number, name in enumerate(self.ids) if name in found]
        best = sorted(numbers, key=lambda number: -scores[number])
        first = best[: rank.FEEDBACK_PARAGRAPHS]
        return added(*([rank.FEEDBACK_WEIGHT * scores[n] * x for x in self.like(n)] for n in first))

    def scores(self, text: str, found: set[str]) -> dict[str, float]:
        """Return the scores of the paragraphs that a query of plain words has found."""
        ignored = STOP_WORDS | asking(text, is_prose(text))
        typed = [(n, w) for n, w in enumerate(tokenize(text).words) if w not in ignored]
        parts = [part for _, word in typed for part in (self.word(word), self.heading(word))]
        more = [self.beginning(word) for _, word in typed]
        for (place, one), (next_place, two) in pairwise(typed):
            more.append(self.near(one, two, next_place - place))
        for each in more:  # of those found, all are candidates
            parts.append([x * (name in found) for x, name in zip(each, self.ids, strict=True)])
        if len({word for _, word in typed}) >= QUESTION:
            parts.append(self.feedback(added(*parts), found))
        total = dict(zip(self.ids, added(*parts), strict=True))
        return {name: total[name] for name in found}


def added(*lists: list[float]) -> list[float]:
    return [sum(column) for column in zip(*lists, strict=True)]


def is_plain(term: Term) -> bool:
    return bool(term.word) and len(term.sequences) == 1 and not term.others


@pytest.fixture(scope="module")
def slow(paper: Engine) -> Slow:
    return Slow(paper)


def test_the_scores_are_those_of_the_formula(paper: Engine, slow: Slow) -> None:
    checked = []
    for text in QUERIES:
        asked = plan(parse(text), paper.index, paper.names)
        selected = select(asked)
        names_first = selected.named is not None and (selected.all & ~selected.named).any()
        if not asked.apart and not names_first and all(map(is_plain, terms(asked.tree))):
            hits = paper.search(Request(text, limit=100)).results.hits
            scores = {hit.paragraph.id: hit.score for hit in hits}
            assert scores == pytest.approx(slow.scores(text, set(scores)), rel=HALF_PRECISION), text
            checked.append(text)
    assert len(checked) > 30


@given(st.lists(st.integers(0, 9), min_size=1), st.integers(0, 12), st.sets(st.integers(0, 99)))
def test_the_best_are_the_highest_and_of_equals_the_first(
    numbers: list[int], limit: int, left_out: set[int]
) -> None:
    among = [place for place in range(len(numbers)) if place not in left_out]
    wanted = sorted(among, key=lambda place: -numbers[place])[:limit]
    assert best(np.array(numbers, float), np.array(among, int), limit).tolist() == wanted


def test_without_extras_the_scores_are_those_of_whoosh(
    paper: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rank, "EXACT_FORM", 0)
    monkeypatch.setattr(rank, "IN_HEADING", 0)
    monkeypatch.setattr(rank, "CANDIDATES", 0)
    ranker = Ranker(paper.index)
    every = np.ones(len(paper.index.paragraphs), bool)
    texts = [paragraph.text for document in paper.documents for paragraph in document.paragraphs]
    found = [re.findall(r"[A-Za-z0-9]+(?:'[a-z]+)?", text) for text in texts]
    average = sum(map(len, found)) / len(found)

    def bm25(searcher: Searcher, field: str, term: bytes, matcher: Matcher) -> float:
        n = searcher.doc_frequency(field, term)
        idf = math.log(1 + (len(found) - n + 0.5) / (n + 0.5))
        length = len(found[matcher.id()])
        return float(scoring.bm25(idf, matcher.weight(), length, average, B, K1))

    chain = analysis.RegexTokenizer(r"[A-Za-z0-9]+(?:'[a-z]+)?") | analysis.LowercaseFilter()
    schema = fields.Schema(text=fields.TEXT(analyzer=chain | analysis.StemFilter(stemfn=key)))
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for text in texts:
        writer.add_document(text=text)
    writer.commit()
    choose = random.Random(1)
    with index.searcher(weighting=scoring.FunctionWeighting(bm25)) as searcher:
        for _ in range(100):
            words = [word.lower() for word in choose.choices(choose.choice(found), k=6)]
            typed = Counter(map(key, words))
            asked = query.Or([query.Term("text", k, boost=n) for k, n in typed.items()])
            wanted = [0.0] * len(texts)
            for hit in searcher.search(asked, limit=None):
                wanted[hit.docnum] = hit.score
            terms = tuple(map(form, words, range(len(words))))
            planned = Plan(paper.index, And(strict=(Or(terms),)))
            assert ranker.scores(planned, every) == pytest.approx(wanted, rel=1e-5)
