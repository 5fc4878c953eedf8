"""The parts of a checked quotation, the notes on them, and their form as JSON."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from textwrap import shorten
from typing import Literal

from ..model import Document, Paragraph
from ..search.analysis import is_common, tokenize
from ..search.spans import Span
from .attribution import Named
from .comparison import FEW, WordChange
from .meaning import NEGATION
from .paste import Break

Verdict = Literal["verbatim", "altered", "absent"]
VERDICTS: tuple[Verdict, ...] = ("verbatim", "altered", "absent")  # from best to worst
# A negation at the end of a text, or before its last word: "not allow", but not "not and".
_DENIED = re.compile(
    rf"\b(?:{NEGATION.pattern}|still less)(?:\s(?!(?:and|or|but)$)[\w-]+)?$", re.IGNORECASE
)


@dataclass(frozen=True)
class Location:
    """A paragraph, and the number of the older ``edition`` it is from; None for the current one."""

    document: Document
    paragraph: Paragraph
    edition: int | None = None

    @property
    def url(self) -> str:
        """The address of the paragraph."""
        edition = "" if self.edition is None else f"@{self.edition}"
        return f"/{self.document.id}{edition}/p/{self.paragraph.id}"


@dataclass(frozen=True)
class Part:
    """A piece of a quotation without a gap, and its place in one paragraph.

    ``start`` and ``stop`` are half-open, in code points of the paragraph's text, ``at`` in those of
    the paste. ``joint`` separates it from the piece before; ``moved`` is true if it does not follow
    that piece in the text. ``differences`` names what differs in a verbatim part, such as case.
    ``named`` is the place cited with it. ``nearest`` is a paragraph that resembles an absent part;
    ``heading`` describes the title or heading that it is. ``unchecked`` are words beside it that
    count as the writer's own. ``omitted`` is what the ellipsis before it leaves out, if that has a
    negation; ``fused`` is true if the ellipsis joins two sentences into one.
    """

    text: str
    verdict: Verdict
    at: Span
    joint: Break = "quotation"
    place: Location | None = None
    start: int = 0
    stop: int = 0
    changes: tuple[WordChange, ...] = ()
    differences: tuple[str, ...] = ()
    moved: bool = False
    named: Named | None = None
    nearest: Location | None = None
    heading: str = ""
    unchecked: tuple[str, ...] = ()
    omitted: str = ""
    fused: bool = False

    @property
    def elsewhere(self) -> bool:
        """True if the words are not at the place cited with them."""
        return bool(self.named and self.place and not self.named.is_of(self.place.paragraph))

    @property
    def found(self) -> str:
        """The words of the paragraph."""
        return self.place.paragraph.text[self.start : self.stop] if self.place else ""

    @property
    def around(self) -> tuple[str, str]:
        """The text of the paragraph before and after the words."""
        text = self.place.paragraph.text if self.place else ""
        return text[: self.start], text[self.stop :]

    @property
    def important(self) -> tuple[str, ...]:
        """Warnings of changes to the meaning, such as a negation that is left out."""
        displaced = self.displaced
        here = (each for each in self.changes if each.source or each.quoted not in displaced)
        warnings = [_warning(each) for each in here if each.touches and not each.editor]
        if self.fused:
            warnings.append("The ellipsis joins two separate sentences of the text into one.")
        return tuple(dict.fromkeys(warnings))

    @property
    def displaced(self) -> tuple[str, ...]:
        """Words added here that are elsewhere in the paragraph."""
        text = _plain(self.place.paragraph.text) if self.place else ""
        added = (each.quoted for each in self.changes if each.op != "equal" and not each.editor)
        return tuple(each for each in added if each.count(" ") > 2 and _plain(each) in text)

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks on everything besides the verdict and the changes."""
        return (*self._on_words(), *self._on_place())

    def _on_words(self) -> Iterator[str]:
        for change in (each for each in self.changes if each.editor):
            has = "goes on with" if change.source and change is self.changes[-1] else "has"
            source = f"“{change.source}”" if change.source else "nothing there"
            yield f"“{change.quoted}” was added by an editor: the text {has} {source}."
        if self.heading:
            yield f"This is {self.heading}."
        if self.verdict == "verbatim" and all(map(is_common, tokenize(self.text).words)):
            yield "These words are so common that any text has them."
        before = _DENIED.search(self.around[0].rpartition(" ")[0])
        if before and not self.important:
            yield f"In the text, “{before[0]}” comes right before these words."
        for each in self.unchecked:
            yield f"Outside the quotation, and not checked: “{_short(each)}”."

    def _on_place(self) -> Iterator[str]:
        if self.place and self.place.edition:
            yield f"Version {self.place.edition} has these words; the current one does not."
        if self.omitted and self.verdict == "verbatim":
            yield f"The omitted words contain a negation: “{_short(self.omitted)}”."
        left_out = (each.source for each in self.changes if each.op == "delete")
        if any(len(each.split()) > FEW for each in left_out if each != self.omitted):
            yield "Words are left out here: mark the gap with an ellipsis."
        for each in self.displaced:
            yield f"“{_short(each)}” appears elsewhere in the paragraph."
        if self.moved:
            yield "In the text, these words do not follow those quoted before them."
        if self.named and self.place and self.elsewhere:
            where = self.place.paragraph.citation
            yield f"The quotation cites {self.named.text}, but the words are in {where}."
        if self.differences:
            which = ", ".join(self.differences)
            yield f"The words are the same. Only this differs: {which}."


def _short(text: str) -> str:
    return shorten(text, 100, placeholder=" …")


def _plain(text: str) -> str:
    return " ".join(tokenize(text).words)


def _warning(change: WordChange) -> str:
    kinds = " and ".join(f"a {kind}" for kind in change.touches)
    quoted, source = _short(change.quoted), _short(change.source)
    if not quoted:
        return f"This changes {kinds}: “{source}” is left out."
    if not source:
        return f"This changes {kinds}: the text does not have “{quoted}” here."
    return f"This changes {kinds}: the text has “{source}”, the quotation “{quoted}”."


def verdict(parts: Iterable[Part]) -> Verdict:
    """Return the verdict on a whole: the worst on any part, or absent if there is none."""
    return max((part.verdict for part in parts), key=VERDICTS.index, default="absent")


def answer(text: str, parts: Sequence[Part], searched: Iterable[Document]) -> dict[str, object]:
    """Return a checked text as JSON; ``start`` and ``stop`` are half-open, in code points."""
    return {
        "quote": text,
        "verdict": verdict(parts),
        "searched": {document.id: document.coverage for document in searched},
        "parts": [_as_json(part) for part in parts],
    }


def _as_json(part: Part) -> dict[str, object]:
    return {
        "text": part.text,
        "verdict": part.verdict,
        **_place(part.place),
        "start": part.place and part.start,
        "stop": part.place and part.stop,
        "found": part.place and part.found,
        "changes": [asdict(change) for change in part.changes],
        "important": part.important,
        "notes": part.notes,
        "differences": part.differences,
        "moved": part.moved,
        "named": part.named
        and {"text": part.named.text, "agrees": bool(part.place) and not part.elsewhere},
        "edition": part.place and part.place.edition,
        "nearest": _place(part.nearest) if part.nearest else None,
        "at": part.at,
    }


def _place(place: Location | None) -> dict[str, object]:
    if place is None:
        return dict.fromkeys(("id", "document", "citation", "url"))
    return {
        "id": place.paragraph.id,
        "document": place.document.id,
        "citation": place.paragraph.citation,
        "url": place.url,
    }
