"""An index with postings as arrays is a Whoosh index: Whoosh finds and scores the same in it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from whoosh.fields import STORED, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query import And, Or, Phrase, Query, Term

from indexer.search.analysis import tokenize
from indexer.search.codec import Postings
from indexer.search.engine import Engine
from indexer.search.schema import Positions, WordsField


class WordsAsGiven(WordsField):
    """The field as Whoosh itself would fill it: one posting at a time, in its own format."""

    def index(self, value: list[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        places = defaultdict(list)
        for place, word in enumerate(value):
            places[word].append(place)
        for word, found in places.items():
            position = b"".join(place.to_bytes(4, "little") for place in found)
            yield word.encode(), len(found), float(len(found)), position


@pytest.fixture(scope="module")
def ours(paper: Engine) -> Iterator[FileIndex]:
    index = FileStorage(str(paper.index.build.folder), readonly=True).open_index()
    yield index
    index.close()


@pytest.fixture(scope="module")
def whooshs(paper: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FileIndex]:
    """The same paragraphs, written by Whoosh's own writer with its own codec."""
    fields = {name: STORED() for name in ("id", "document", "section", "page")}
    fields |= {"text": WordsAsGiven(), "headings": WordsAsGiven()}
    index = FileStorage(str(tmp_path_factory.mktemp("whoosh"))).create_index(Schema(**fields))
    with index.writer() as writer:
        for document, paragraph in paper.index.paragraphs:
            headings = "\n".join(document.headings(paragraph.section))
            writer.add_document(
                id=paragraph.id,
                document=document.id,
                section=paragraph.section,
                page=paragraph.page,
                text=tokenize(paragraph.text).words,
                headings=tokenize(headings).words,
            )
    yield index
    index.close()


def test_every_word_has_the_postings_that_whoosh_would_write(
    ours: FileIndex, whooshs: FileIndex
) -> None:
    with ours.reader() as one, whooshs.reader() as other:
        for field in ("text", "headings"):
            words = list(other.lexicon(field))
            assert list(one.lexicon(field)) == words
            assert len(words) > 20
            for word in words:
                assert walked(one, field, word) == walked(other, field, word)
                assert statistics(one, field, word) == statistics(other, field, word)
            assert one.field_length(field) == other.field_length(field)
        assert [d for _, d in one.iter_docs()] == [d for _, d in other.iter_docs()]


def walked(reader: Any, field: str, word: bytes) -> list[tuple[int, float, bytes, list[int]]]:
    found, postings = [], reader.postings(field, word)
    while postings.is_active():
        positions = postings.value_as("positions")
        found.append((postings.id(), postings.weight(), postings.value(), positions))
        postings.next()
    return found


def statistics(reader: Any, field: str, word: bytes) -> tuple[float, ...]:
    info = reader.term_info(field, word)
    return (
        info.weight(),
        info.doc_frequency(),
        info.min_length(),
        info.max_length(),
        info.max_weight(),
        info.min_id(),
        info.max_id(),
    )


def queries() -> Iterator[Query]:
    words = ["china", "security", "cooperation", "the", "of", "traditional", "asean", "dialogue"]
    for word in words:
        yield Term("text", word)
        yield Or([Term("text", word), Term("headings", "policies"), Term("text", "sea")])
        yield And([Term("text", word), Term("text", "the")])
    yield Phrase("text", ["the", "asia", "pacific"])
    yield Phrase("text", ["south", "china", "sea"], slop=2)


@pytest.mark.parametrize("query", list(queries()), ids=str)
def test_whooshs_own_searcher_finds_and_scores_the_same(
    ours: FileIndex, whooshs: FileIndex, query: Query
) -> None:
    with ours.searcher() as one, whooshs.searcher() as other:
        found = [(hit["id"], hit.score) for hit in one.search(query, limit=None)]
        assert found == [(hit["id"], hit.score) for hit in other.search(query, limit=None)]
        assert found


def test_postings_are_read_whole(paper: Engine) -> None:
    postings = Postings(paper.index.build)
    texts = [tokenize(paragraph.text).words for _, paragraph in paper.index.paragraphs]
    assert postings.paragraphs == len(texts)
    assert sorted(postings.words("text")) == sorted({word for words in texts for word in words})
    for word in ("china", "the", "asean"):
        posted = postings.of("text", word)
        counts = {n: Counter(words)[word] for n, words in enumerate(texts) if word in words}
        assert dict(zip(posted.paragraphs.tolist(), posted.counts.tolist(), strict=True)) == counts
        places = [n for words in texts for n, found in enumerate(words) if found == word]
        assert posted.positions.tolist() == places


def test_threads_read_the_same_postings(paper: Engine) -> None:
    words = sorted(paper.index.text.lexicon.counts)
    alone = [[part.tolist() for part in Postings(paper.index.build).of("text", w)] for w in words]
    shared = Postings(paper.index.build)

    def read(word: str) -> list[list[int]]:
        return [part.tolist() for part in shared.of("text", word)]

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(read, words * 4)) == alone * 4


def test_a_word_that_does_not_stand_there_is_an_error(paper: Engine) -> None:
    with pytest.raises(Exception, match=re.escape("No term text:")):
        Postings(paper.index.build).of("text", "xylophone")


def test_positions_are_read_as_whoosh_reads_them() -> None:
    value = b"\1\0\0\0\0\2\0\0"
    assert Positions().decode_positions(value) == [1, 512]
    assert Positions().decode_frequency(value) == 2
