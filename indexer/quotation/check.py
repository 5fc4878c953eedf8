"""Check quotations: whether the text has them word for word, and if not, what differs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ..model import Document
from ..search.analysis import tokenize
from ..search.index import Index, index_in_memory
from ..search.limits import refuse
from .attribution import Named, attributions
from .joints import with_unchecked
from .mask import without_line_numbers, without_misreadings
from .own_words import spoken, without_leads, without_own_paragraphs, without_own_words
from .parts import VERDICTS, Part, verdict
from .paste import Quotation, Words, after_lead, aside, read
from .placing import parts_of

MAX_CHARACTERS = 20_000  # six printed pages
MAX_PIECES = 500  # between ellipses and line ends: each is searched for by itself
MAX_QUOTATIONS = 100  # at once: more than an article has, and the slowest take half a second
_MAX_DIFFERENCE = 12  # characters by which a heading may be longer, as by its number, or shorter


def check(text: str, index: Index, former: Callable[[], Index] | None = None) -> tuple[Part, ...]:
    """Return the parts of the quotations in a text, in order; none if it has no words.

    ``former`` returns the ``former_index``, and is called only if something is not verbatim.
    Raise QueryError for more than MAX_CHARACTERS, MAX_QUOTATIONS or MAX_PIECES.
    """
    refuse(len(text), MAX_CHARACTERS, "characters", "quotation")
    text = without_misreadings(without_line_numbers(text))
    cited = list(attributions(text, index.documents))
    quotations = read(text, cited, index.text.lexicon.counts)
    refuse(len(quotations), MAX_QUOTATIONS, "quotations", "text")
    gaps = [word.before for each in quotations for word in each.words]
    refuse(gaps.count("ellipsis") + gaps.count("line"), MAX_PIECES, "gaps and lines", "quotation")
    checked = [(each, _check(text, each, index)) for each in quotations]
    parts = without_leads(text, without_own_paragraphs(text, checked))
    if former and verdict(parts) != "verbatim":
        older = former()
        parts = [better for part in parts for better in _in_former(part, older)]
    return tuple(with_unchecked(text, parts, [span for span, _ in cited]))


def _check(text: str, quotation: Quotation, index: Index) -> list[Part]:
    """Return the parts of a quotation; if it is not verbatim, without the writer's own words."""
    parts = parts_of(text, quotation, index)
    if verdict(parts) == "verbatim":
        return parts
    asides = aside(text, quotation.words)
    if asides and not any(each.place for each in parts_of(text, Quotation(asides), index)):
        words = [word for word in quotation.words if word not in asides]
        rest = _check(text, quotation._replace(words=words), index)
        if verdict(rest) != "absent":
            return rest
    if after := after_lead(text, quotation.words):
        rest = parts_of(text, quotation._replace(words=after), index)
        if verdict(rest) == "verbatim":
            return rest
    quotation = spoken(text, quotation, index)
    quoted = without_own_words(text, quotation, parts, index)
    if quoted and quoted != [quotation.words]:
        parts = _inner_parts(text, quotation, quoted, index)
    return [_with_heading(part, index) for part in parts]


def _inner_parts(text: str, whole: Quotation, runs: Sequence[Words], index: Index) -> list[Part]:
    """Return the parts of the quoted runs; if no place is cited, prefer that of the longest run."""
    longest = parts_of(text, whole._replace(words=max(runs, key=len)), index)[0].place
    near = whole.named or (Named("", longest.paragraph.id) if longest else None)
    found = (parts_of(text, Quotation(words, near), index) for words in runs)
    return [replace(part, named=whole.named) for parts in found for part in parts]


def _with_heading(part: Part, index: Index) -> Part:
    """Return a part, as absent if it is a title or heading and not verbatim."""
    if part.verdict == "verbatim":
        return part
    words = tokenize(part.text).words
    for name, description in _titles(index.documents):
        heading = tokenize(name).words if abs(len(name) - len(part.text)) <= _MAX_DIFFERENCE else ()
        if words and words in (heading, heading[1:]):  # the first word may be its number
            return Part(part.text, "absent", part.at, named=part.named, heading=description)
    return part


def _titles(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    """Yield each title, heading and entry of a table of contents, with a description of it."""
    for document in documents:
        yield document.title, "the title of the text"
        yield from ((each.heading, f"the heading of {each.path}") for each in document.sections)
        yield from ((entry, "in the table of contents") for entry in document.contents)


def former_index(current: Iterable[Document], read: Callable[[str, int], Document]) -> Index:
    """Index the paragraphs that only older editions have, each once; ``read`` reads an edition."""
    former = []
    for document in current:
        known = {paragraph.text for paragraph in document.paragraphs}
        for number in range(document.edition - 1, 0, -1):
            older = read(document.id, number)
            only = {each.text: each for each in older.paragraphs if each.text not in known}
            known |= only.keys()
            former.append(replace(older, paragraphs=tuple(only.values())))
    return index_in_memory(tuple(former))


def _in_former(part: Part, older: Index) -> tuple[Part, ...]:
    """Return a part, or its parts in older editions if their verdict is better."""
    found = check(part.text, older) if part.verdict != "verbatim" and older.paragraphs else ()
    if VERDICTS.index(verdict(found)) >= VERDICTS.index(part.verdict):
        return (part,)
    return tuple(
        replace(
            each,
            at=(part.at[0] + each.at[0], part.at[0] + each.at[1]),
            named=part.named,
            place=each.place and replace(each.place, edition=each.place.document.edition),
        )
        for each in found
    )
