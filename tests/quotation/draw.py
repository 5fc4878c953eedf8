"""Quotations drawn from texts, as people make and alter them, with the right answer."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.model import Paragraph
from indexer.quotation.parts import Verdict
from indexer.search.analysis import sentences, tokenize

SHORTEST, LONGEST = 8, 60  # words of a quotation
_SENTENCE = 6  # words: shorter sentences are headings and formulas
_EDITORS = ("[it]", "[they]", "[the country]", "[this]")
_REMARKS = ("[sic]", "[emphasis added]")
_NEGATIONS = {"not", "no", "nor", "never", "without", "cannot"}  # are not hidden, where left out
_MARKS = {"'": "’", '"': "”", "-": "–"}


@dataclass(frozen=True)
class Drawn:
    """A quotation, and what it is: ``sources`` are the words of each part as the text has them.

    ``paragraphs`` are the ids of the paragraphs that these were drawn from.
    """

    kind: str
    text: str
    verdict: Verdict
    sources: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()


class Drawer:
    """Draws quotations from the paragraphs of one text; foreign ones from ``others``."""

    def __init__(
        self, paragraphs: Sequence[Paragraph], others: Sequence[str], seed: int = 15
    ) -> None:
        self.random = random.Random(seed)
        self.every = paragraphs
        self.paragraphs = [each for each in paragraphs if len(each.text.split()) > LONGEST]
        self.others = [text for text in others if len(text.split()) > LONGEST]
        self.vocabulary = sorted({w for each in paragraphs for w in tokenize(each.text).words})

    def draw(self, kind: str) -> Drawn:
        """Return a quotation of a kind of KINDS; one that would be of another is drawn anew."""
        while not (found := KINDS[kind](self)):
            pass
        return found

    def passage(self) -> tuple[Paragraph, list[str]]:
        """Return a paragraph, and successive words of it with their marks."""
        paragraph = self.random.choice(self.paragraphs)
        return paragraph, self.words(paragraph.text)

    def words(self, text: str) -> list[str]:
        """Return successive words of a text with their marks."""
        words = text.split()
        length = self.random.randint(SHORTEST, LONGEST)
        start = self.random.randrange(len(words) - length)
        return words[start : start + length]


def _verbatim(of: Drawer) -> Drawn | None:
    paragraph, words = of.passage()
    return _drawn("verbatim", words, words, paragraph, "verbatim")


def _typography(of: Drawer) -> Drawn | None:
    paragraph, words = of.passage()
    case = of.random.choice((str.upper, str.lower, str.title, str))
    text = "".join(_MARKS.get(mark, mark) for mark in case(" ".join(words)))
    text = re.sub(r"[^\W\d_]{8,}", lambda found: _broken(found[0], of.random), text)
    text = re.sub(" ", lambda _: of.random.choice((" ", " ", "  ", "\u00a0", "\n")), text)
    text = of.random.choice(("“{}”", "'{}'", "{}", "«{}»")).format(text.rstrip(".,;") + ",")
    return _drawn("other typography", text.split(" "), words, paragraph, "verbatim")


def _broken(word: str, draw: random.Random) -> str:
    """Return a word, some with a soft hyphen or cut at the end of a line."""
    at = draw.randrange(3, len(word) - 3)
    return word[:at] + draw.choice(("", "", "", "\u00ad", "-\n", "- ")) + word[at:]


def _ellipsis(of: Drawer) -> Drawn | None:
    paragraph, words = of.passage()
    if len(words) < 3 * SHORTEST:
        return None
    first = of.random.randint(3, len(words) // 2)
    second = of.random.randint(first + 4, len(words) - 3)
    second -= words[second - 1] in _NEGATIONS
    mark = of.random.choice(("…", "...", "[...]", "[…]", ". . ."))
    quoted = [*words[:first], mark, *words[second:]]
    sources = " ".join(words[:first]), " ".join(words[second:])
    if not all(tokenize(source).words for source in sources):
        return None
    return Drawn("an ellipsis", " ".join(quoted), "verbatim", sources, (paragraph.id, paragraph.id))


def _bracket(of: Drawer) -> Drawn | None:
    paragraph, words = of.passage()
    at, replaced = of.random.randrange(1, len(words) - 3), of.random.randint(0, 3)
    if _NEGATIONS & {*tokenize(" ".join(words[at : at + replaced])).words}:
        return None
    bracket = of.random.choice(_EDITORS if replaced else _REMARKS)
    quoted = [*words[:at], bracket, *words[at + replaced :]]
    return _drawn("an editor's bracket", quoted, words, paragraph, "verbatim")


def _changed(of: Drawer) -> Drawn | None:
    paragraph, words = of.passage()
    quoted = list(words)
    for at in of.random.sample(range(len(words)), of.random.randint(1, 3)):
        quoted[at] = of.random.choice(of.vocabulary)
    return _drawn("words changed", quoted, words, paragraph, "altered")


def _left_out(of: Drawer) -> Drawn | None:
    paragraph, words = of.passage()
    away = of.random.sample(range(1, len(words) - 1), of.random.randint(1, 3))
    quoted = [word for at, word in enumerate(words) if at not in away]
    return _drawn("words left out", quoted, words, paragraph, "altered")


def _put_in(of: Drawer) -> Drawn | None:
    paragraph, words = of.passage()
    quoted = list(words)
    for _ in range(of.random.randint(1, 3)):
        quoted.insert(of.random.randrange(1, len(quoted)), of.random.choice(of.vocabulary))
    return _drawn("words put in", quoted, words, paragraph, "altered")


def _exchanged(of: Drawer) -> Drawn | None:
    paragraph = of.random.choice(of.paragraphs)
    found = _sentences(paragraph)
    if len(found) < 2:
        return None
    at = of.random.randrange(len(found) - 1)
    first, second = found[at], found[at + 1]
    return _drawn("sentences exchanged", [second, first], [first, second], paragraph, "altered")


def _joined(of: Drawer) -> Drawn | None:
    at = of.random.randrange(len(of.every) - 1)
    pair = of.every[at : at + 2]
    first, second = map(_sentences, pair)
    if not first or not second:
        return None
    sources = first[-1], second[0]
    between = of.random.choice((" ", "\n", "\n\n"))
    ids = tuple(paragraph.id for paragraph in pair)
    return Drawn("paragraphs joined", between.join(sources), "verbatim", sources, ids)


def _foreign(of: Drawer) -> Drawn | None:
    return Drawn("foreign", " ".join(of.words(of.random.choice(of.others))), "absent")


def _sentences(paragraph: Paragraph) -> list[str]:
    text = paragraph.text
    found = [text[start:stop].strip() for start, stop in sentences(text)]
    return [sentence for sentence in found if len(tokenize(sentence).words) >= _SENTENCE]


def _drawn(
    kind: str, quoted: Sequence[str], words: Sequence[str], paragraph: Paragraph, verdict: Verdict
) -> Drawn | None:
    """Return a quotation of one part, unless its words are not what its kind says."""
    text, source = " ".join(quoted), " ".join(words)
    if verdict == "altered" and f" {plain(text)} " in f" {plain(paragraph.text)} ":
        return None
    return Drawn(kind, text, verdict, (source,), (paragraph.id,))


def plain(text: str) -> str:
    """Return the words of a text, with a space between them."""
    return " ".join(tokenize(text).words)


KINDS: dict[str, Callable[[Drawer], Drawn | None]] = {
    "verbatim": _verbatim,
    "other typography": _typography,
    "an ellipsis": _ellipsis,
    "an editor's bracket": _bracket,
    "words changed": _changed,
    "words left out": _left_out,
    "words put in": _put_in,
    "sentences exchanged": _exchanged,
    "paragraphs joined": _joined,
    "foreign": _foreign,
}


def drawn(of: Drawer, each: int) -> list[Drawn]:
    """Return so many quotations of every kind."""
    kinds = [kind for kind in KINDS if of.others or kind != "foreign"]
    return [of.draw(kind) for kind in kinds for _ in range(each)]
