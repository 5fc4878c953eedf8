"""Parse what was typed into a query tree. Any text is accepted.

Prose is read as plain words, and invalid syntax is left out::

    query   = both ( OR both )*
    both    = one ( [ AND ] one )*
    one     = ( NOT | "-" | "+" ) one | "(" query ")" | [ field ":" ] term
    term    = word | word* | w?rd | word~ | word~2 | "phrase" | "words"~5 | "words"~s | (words)~5
"""

import re
from collections.abc import Sequence
from typing import cast

from ..errors import QueryError
from . import query
from .analysis import Tokens, fold, tokenize
from .limits import MAX_DEPTH, MAX_EDITS, MAX_LENGTH, MAX_SLOP, check_words, refuse
from .prose import QUOTED, asking, is_prose
from .query import SAME_SENTENCE, And, Filter, Heading, Node, Not, Or, Slot, Slots, Term
from .syntax import Lexeme, as_meant, lexemes

_FUZZY = re.compile(r"(?P<word>[^\W_][^~*?]*)~(?P<edits>\d*)")
_WILD = re.compile(r"\*|\?(?=[^\W_])")
_NAMES = {("it",), ("us",), ("who",)}  # in capitals; otherwise they are pronouns
_EDGES = ".,;:!?'-"
_LEFT_EDGES = _EDGES.replace("?", "")  # before a word, "?" is a wildcard

_GAP = re.compile(r"[\s,;[(]*(?:…|\.\s?\.\s?\.)[\s\])]*")  # "peace ... stability"
_PATTERN = re.compile(r"(?:[^\W_]|['*?])+")


def parse(text: str, aside: frozenset[str] = frozenset()) -> query.Query:
    """Parse a query. A text without letters, digits or ``*`` finds nothing.

    Leave out the words ``aside``, which cite a place, unless there are no others. Raise QueryError
    only if the text is over a limit.
    """
    refuse(len(text), MAX_LENGTH, "characters")
    plain = as_meant(text)
    prose = is_prose(plain)
    parser = _Parser(plain, prose, aside)
    tree = _whole(parser.parse_prose() if prose else parser.parse())
    check_words(tree)
    notes = tuple(dict.fromkeys(parser.notes))
    return query.Query(text, tree, notes, tuple(parser.words), tuple(parser.ignored), prose)


class _Parser:
    """A recursive descent parser over the lexemes of one text."""

    def __init__(self, text: str, prose: bool, aside: frozenset[str]) -> None:
        self.text = text
        self.aside = aside
        self.lexemes, self.notes = ([], []) if prose else lexemes(text)
        self.next = 0
        self.depth = 0
        self.words: list[str] = []  # those read so far; a term's position is how many precede it
        self.ignored: list[Term] = []
        self.asking = asking(text, prose)

    def parse_prose(self) -> Node | None:
        """Return the tree of a sentence: all of its words, and its quotations as phrases."""
        terms: list[Term] = []
        quoted: list[Term] = []
        for number, piece in enumerate(QUOTED.split(self.text)):
            found = self.terms_of(tokenize(piece))
            if number % 2 and len(found) > 1:  # every second piece was in quotes
                quoted.append(Term(_label(piece), _phrase(piece), position=found[0].position))
            terms += found
        return self.side_by_side([*terms, *quoted])

    def _kind(self) -> str | None:
        """Return the kind of the next lexeme, or None."""
        return self.lexemes[self.next].lastgroup if self.next < len(self.lexemes) else None

    def _skip(self, kind: str) -> bool:
        """Skip the next lexeme if it is of a kind, and return whether it was."""
        if self._kind() != kind:
            return False
        self.next += 1
        return True

    def parse(self) -> Node | None:
        """Return the tree of the text, or of what is in parentheses."""
        nodes = [self._both()]
        while self._skip("or"):
            nodes.append(self._both())
        return _simpler(Or(tuple(node for node in nodes if node)))

    def _both(self) -> Node | None:
        nodes: list[Node] = []
        strict = False
        while self._kind() not in {None, "close", "or"}:
            if self._skip("and"):
                strict = True
            else:
                nodes += self._one()
        return _simpler(And(strict=tuple(nodes))) if strict else self.side_by_side(nodes)

    def side_by_side(self, nodes: Sequence[Node]) -> Node | None:
        """Join plain words in one node; ignore common ones unless there is nothing else."""
        typed = [node for node in nodes if isinstance(node, Term)]
        wanted = [term for term in typed if term.word not in self.aside] or typed
        content = [term for term in wanted if term.word not in self.asking]
        if content:
            self.ignored += [term for term in wanted if term not in content]
        elif len(wanted) == len(typed):  # unlike "compare I ¶5 with II.2 ¶3", which cites places
            content = typed
        strict = tuple(node for node in nodes if not isinstance(node, Term))
        return _simpler(And(tuple(content), strict))

    def _one(self) -> list[Node]:
        self.depth += 1
        if self.depth > MAX_DEPTH + 1:  # the innermost term is a level, too
            raise QueryError(f"The query is nested more than {MAX_DEPTH} levels deep. Flatten it.")
        found = self._read()
        self.depth -= 1
        return found

    def _read(self) -> list[Node]:
        match = self.lexemes[self.next]
        self.next += 1
        kind = match.lastgroup
        if kind in {"minus", "not"}:
            node = self.side_by_side(self._one())
            return [Not(node)] if node else []
        if kind == "open":
            return self._group()
        if kind == "field":
            return self._field(match.group().partition(":")[0].lower())
        if kind == "near":
            words = match["words"].replace('"', "")
            found = _phrase(words, "exact" if '"' in match["words"] else "form")
            return self._within(words, found, match["within"])
        if kind == "phrase":
            return self._quoted(match)
        return self._bare(match.group())

    def _group(self) -> list[Node]:
        node = self.parse()
        self.next += 1  # the closing parenthesis
        if isinstance(node, And) and node.words and not node.strict:
            return list(node.words)
        return [node] if node else []

    def _field(self, field: str) -> list[Node]:
        kind, value = self._kind(), ""
        if field == "heading" and kind not in {None, "close"}:
            return list(map(_in_heading, self._one()))
        if kind in {"bare", "phrase", "and", "or", "not"}:
            match = self.lexemes[self.next]
            value = match["quoted"] if kind == "phrase" else match.group().rstrip(_EDGES)
        if not value.strip():
            self.notes.append(f"Ignored “{field}:”, which has no word or phrase after it.")
            return []
        self.next += 1
        return [Filter(cast(query.FieldName, field), value)]

    def _quoted(self, match: Lexeme) -> list[Node]:
        quoted, slop = match["quoted"], match["slop"]
        parts = [] if slop else [part for part in _GAP.split(quoted) if tokenize(part).words]
        if len(parts) > 1:
            return [self._term(_label(part), _phrase(part)) for part in parts]
        return self._within(quoted, _phrase(quoted), slop)

    def _within(self, quoted: str, sequences: tuple[Slots, ...], slop: str | None) -> list[Node]:
        if not sequences:
            self.notes.append("Ignored empty quotes.")
            return []
        label = _label(quoted)
        if not slop or not slop.strip("0") or len(sequences[0]) == 1:  # "~0" is a mere phrase
            return [self._term(label, sequences)]
        if slop in "sS":
            return [self._term(f"{label} in one sentence", sequences[:1], SAME_SENTENCE)]
        width = min(int(slop), MAX_SLOP)
        between = "1 word" if width == 1 else f"{width} words"
        return [self._term(f"{label} with at most {between} between", sequences[:1], width)]

    def _bare(self, chunk: str) -> list[Node]:
        # A shortcut for most words; the rest of the function would read them the same way.
        if chunk.isascii() and chunk.isalpha() and not chunk.isupper():
            word = chunk.lower()
            return [self._term(f"“{word}”", (query.forms(word),))]
        if "*" in chunk and set(chunk) <= set(".*?"):
            return [And()]  # every paragraph
        core = chunk.rstrip(_EDGES).lstrip(_LEFT_EDGES)
        fuzzy = _FUZZY.fullmatch(chunk)
        words = tokenize(fuzzy["word"] if fuzzy else core).words
        if fuzzy and len(words) == 1:
            most = min(int(fuzzy["edits"] or 1), MAX_EDITS)
            letters = "1 letter" if most == 1 else f"{most} letters"
            label = f"“{words[0]}” (up to {letters} different)"
            return [self._term(label, ((Slot("fuzzy", words[0], most),),))]
        if words and _WILD.search(core):
            return [self._wild(core)]
        found = self.terms_of(tokenize(chunk))
        if not found and (len(self.lexemes) == 1 or chunk.strip(",.;:!?[]")):
            self.notes.append(f"Ignored “{chunk}” (no letters or digits).")
        return list(found)

    def _wild(self, pattern: str) -> Term:
        """Return the term for a pattern: "co-op*" as two words, and joined unless one is "*"."""
        ways = [tuple(_PATTERN.findall(pattern))]
        if all(part.strip("*?'") for part in ways[0]):
            ways.append(("".join(ways[0]),))
        sequences = dict.fromkeys(tuple(map(_pattern, way)) for way in ways)
        return self._term(f"“{pattern}”", tuple(sequences))

    def terms_of(self, tokens: Tokens) -> list[Term]:
        """Return a term for each word; a hyphenated word is one term, also found joined."""
        found = []
        for start, stop in tokens.groups():
            words = tokens.words[start:stop]
            label, ways = "-".join(words), _ways("form", words, ("".join(words),))
            if tokens.capitals[start] and words in _NAMES:
                label = label.upper()
                ways = _ways("acronym", (label,))
            found.append(self._term(f"“{label}”", ways))
        return found

    def _term(self, label: str, sequences: tuple[Slots, ...], slop: int = 0) -> Term:
        position = len(self.words)
        self.words += [slot.text.lower() for slot in sequences[0]]
        return Term(label, sequences, slop, position=position)


def _label(quoted: str) -> str:
    return f"“{' '.join(quoted.split())}”"


def _simpler(node: And | Or) -> Node | None:
    """Return a node if it joins several, else its only child, or None."""
    return node if len(node.nodes) > 1 else next(iter(node.nodes), None)


def _whole(node: Node | None) -> And:
    """Return a node as the tree of a query; None as one that finds nothing."""
    if isinstance(node, Term):
        return And((node,))
    return node if isinstance(node, And) else And(strict=(node or Or(),))


def _in_heading(node: Node) -> Node:
    """Return a tree with all of its terms to be found in headings."""
    if isinstance(node, Term):
        return Heading(node)
    if isinstance(node, Not):
        return Not(_in_heading(node.node))
    within = tuple(map(_in_heading, node.nodes))
    if isinstance(node, And):
        return And(strict=within)
    return Or(within) if isinstance(node, Or) else node


def _ways(kind: query.SlotKind, *ways: tuple[str, ...]) -> tuple[Slots, ...]:
    """Return the sequences for several ways to write some words, each once."""
    return tuple([tuple([Slot(kind, word) for word in way]) for way in dict.fromkeys(ways)])


def _pattern(part: str, kind: query.SlotKind = "exact") -> Slot:
    """Return the slot for a word that may contain wildcards, which ``fold`` does not know."""
    if "*" not in part and "?" not in part:
        return Slot(kind, fold(part))
    return Slot("glob", "".join(sign if sign in "*?'" else fold(sign) for sign in part))


def _phrase(quoted: str, kind: query.SlotKind = "exact") -> tuple[Slots, ...]:
    """Return the sequences for quoted words: as they are, and with hyphenated words joined."""
    if _WILD.search(quoted):
        parts = [part.strip("?'") for part in _PATTERN.findall(quoted)]
        return (tuple(_pattern(part, kind) for part in parts if part),)
    tokens = tokenize(quoted)
    joined = tuple("".join(tokens.words[start:stop]) for start, stop in tokens.groups())
    return _ways(kind, tokens.words, joined) if joined else ()
