"""What was typed to a query tree. Any text at all is read; what cannot be is read as words.

::

    query   = both ( OR both )*
    both    = one ( [ AND ] one )*
    one     = ( NOT | "-" | "+" ) one | "(" query ")" | [ field ":" ] term
    term    = word | word* | w?rd | word~ | word~2 | "phrase" | "words"~5 | "words"~s
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from ..errors import QueryError
from .analysis import STOP_WORDS, Tokens, one_kind, tokenize
from .limits import (
    MAX_DEPTH,
    MAX_DIFFERENT,
    MAX_EDITS,
    MAX_PATTERNS,
    MAX_REACH,
    check_length,
    check_words,
)
from .query import (
    SAME_SENTENCE,
    And,
    Everything,
    Filter,
    Heading,
    Node,
    Not,
    Or,
    Query,
    Sequence,
    Slot,
    Term,
    Words,
    form,
)
from .slots import PATTERN, pattern, phrase, slots

_OPERATORS = frozenset({"AND", "OR", "NOT"})
FIELDS = ("heading", "section", "page", "document")
_LEXEME = re.compile(
    rf"""
      (?P<open>\() | (?P<close>\))
    | (?P<minus>(?<![^\s(])-(?=[^\s-])) | (?P<plus>(?<![^\s(])\+(?=[^\s+]))
    | (?P<phrase>"(?P<quoted>[^"]*)"(?:~(?P<reach>\d+|[sS])(?!\w))?)
    | (?P<stray>")
    | (?P<field>(?i:{"|".join(FIELDS)}):(?=[^\s)]))
    | (?P<operator>(?:{"|".join(_OPERATORS)})(?![^\s()"]))
    | (?P<bare>[^\s()"]+(?:(?<=\d)\ %)?)
    """,
    re.VERBOSE,
)
_UNKNOWN_FIELD = re.compile(r"[a-z]+:[^\s\d/]")
_LONE_FIELD = re.compile(rf"(?i:{'|'.join(FIELDS)}):")
_FUZZY = re.compile(r"(?P<word>[^\W_][^~*?]*)~(?P<edits>\d*)")
_WILD = re.compile(r"\*|\?(?=[^\W_])")
_EDGES = ".,;:!?'-"
_LEFT_EDGES = _EDGES.replace("?", "")  # behind a word it ends a question, before one it is a letter


class _UnreadableError(Exception):
    """Why a text is no query; its words are read instead."""


def parse(text: str) -> Query:
    """Read what was typed. An empty tree is what nothing but punctuation gives.

    Raises QueryError where the text is over a limit, and for no other reason.
    """
    check_length(text)
    plain = one_kind(text).strip()
    reader = _Reader(plain)
    try:
        tree = reader.read()
        notes = tuple(reader.notes)
    except _UnreadableError as reason:
        reader = _Reader(plain)
        tree = reader.read_words()
        notes = (f"Read as plain words: {reason}.", *reader.notes)
    if tree and not reader.is_short:
        check_words(tree)
    return Query(text, tree, tuple(dict.fromkeys(notes)))


class _Reader:
    """A recursive descent over the lexemes of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.next = 0
        self.depth = 0
        self.place = 0
        self.notes: list[str] = []

    def read(self) -> Node | None:
        if self._is_plain and (node := self._plain()):
            return node
        node = self._query()
        if self._kind() == "close":
            raise _UnreadableError("a parenthesis closes that was never opened")
        return node

    def _plain(self) -> Node | None:
        """Words, or OR between words, as most queries are; else None. Others would read alike."""
        groups = [part.split() for part in self.text.split(" OR ")]
        if not all(groups) or any(not _OPERATORS.isdisjoint(words) for words in groups):
            return None
        nodes = [self._side_by_side([self._word(word) for word in words]) for words in groups]
        found = tuple([node for node in nodes if node])
        return Or(found) if len(found) > 1 else found[0]

    def read_words(self) -> Node | None:
        return self._side_by_side(self._words(tokenize(self.text)))

    @cached_property
    def _is_plain(self) -> bool:
        """Whether it is letters and spaces, as most are: its lexemes are found by splitting it."""
        return self.text.isascii() and self.text.replace(" ", "").isalpha()

    @property
    def is_short(self) -> bool:
        """Whether it is surely within the limits for words; of patterns each has a letter."""
        return len(self.text) <= MAX_PATTERNS or (self._is_plain and self.place <= MAX_DIFFERENT)

    @cached_property
    def _matches(self) -> list[re.Match[str]]:
        found = _LEXEME.finditer(self.text)
        return [match for match in found if match.lastgroup != "plus"]

    @cached_property
    def lexemes(self) -> list[str]:
        return self.text.split() if self._is_plain else [m.group() for m in self._matches]

    @cached_property
    def kinds(self) -> list[str | None]:
        if self._is_plain:
            found = ["operator" if each in _OPERATORS else "bare" for each in self.lexemes]
            return [*found, "end"]
        return [*(match.lastgroup for match in self._matches), "end"]

    def _kind(self) -> str | None:
        return self.kinds[self.next]

    def _is(self, operator: str) -> bool:
        return self._kind() == "operator" and self.lexemes[self.next] == operator

    def _nothing(self) -> bool:
        """Whether an operator has nothing behind it to work on."""
        return self._kind() in {"end", "close"} or self._is("AND") or self._is("OR")

    def _query(self) -> Node | None:
        nodes = [self._both()]
        while self._is("OR"):
            self.next += 1
            nodes.append(self._both())
            if nodes[-2] is None or nodes[-1] is None:
                raise _UnreadableError("OR has nothing to choose from on one side")
        found = tuple(node for node in nodes if node is not None)
        return Or(found) if len(found) > 1 else next(iter(found), None)

    def _both(self) -> Node | None:
        nodes: list[Node] = []
        strict = False
        while self._kind() not in {"end", "close"} and not self._is("OR"):
            if self._is("AND"):
                self.next += 1
                strict = True
                if not nodes or self._nothing():
                    raise _UnreadableError("AND has nothing to join on one side")
            else:
                nodes.extend(self._one())
        if strict:
            return And(tuple(nodes)) if len(nodes) > 1 else next(iter(nodes), None)
        return self._side_by_side(nodes)

    def _side_by_side(self, nodes: Iterable[Node]) -> Node | None:
        """Plain words as one node; too common ones are left out unless there is nothing else."""
        plain: list[Term] = []
        other: list[Node] = []
        for node in nodes:
            if isinstance(node, Term):
                plain.append(node)
            else:
                other.append(node)
        common = [term for term in plain if term.word in STOP_WORDS]
        if common and len(common) < len(plain):
            plain = [term for term in plain if term.word not in STOP_WORDS]
            names = ", ".join(dict.fromkeys(term.label for term in common))
            self.notes.append(f"Left out as too common: {names} (quotes keep them).")
        if len(plain) > 1:
            other.insert(0, Words(tuple(plain)))
        else:
            other = [*plain, *other]
        return And(tuple(other)) if len(other) > 1 else next(iter(other), None)

    def _one(self) -> list[Node]:
        lexeme, kind = self.lexemes[self.next], self._kind()
        self.next += 1
        if kind == "minus" or lexeme == "NOT":
            return self._not()
        if kind == "open":
            return self._group()
        if kind == "field":
            return self._field(lexeme[:-1].lower())
        if kind == "phrase":
            return self._quoted(self._matches[self.next - 1])
        if kind == "stray":
            raise _UnreadableError("a quotation mark has no partner")
        return self._bare(lexeme)

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QueryError(f"The query is nested more than {MAX_DEPTH} levels deep. Flatten it.")

    def _not(self) -> list[Node]:
        self._deeper()
        if self._nothing():
            raise _UnreadableError("NOT has nothing to leave out")
        node = self._side_by_side(self._one())
        self.depth -= 1
        return [] if node is None else [Not(node)]

    def _group(self) -> list[Node]:
        self._deeper()
        node = self._query()
        if self._kind() != "close":
            raise _UnreadableError("a parenthesis is not closed")
        self.next += 1
        self.depth -= 1
        if isinstance(node, Words):
            return list(node.terms)
        return [] if node is None else [node]

    def _field(self, field: str) -> list[Node]:
        kind = self._kind()
        if kind not in {"bare", "phrase", "operator"}:
            raise _UnreadableError(f"{field}: needs a word or a phrase after it")
        match = self._matches[self.next]
        self.next += 1
        if field == "heading":
            found = self._quoted(match) if kind == "phrase" else self._bare(match.group())
            return [Heading(node) if isinstance(node, Term) else node for node in found]
        value = match["quoted"] if kind == "phrase" else match.group()
        if field == "page" and not value.isdecimal():
            self.notes.append(f"“page:{value}” is read as words: a page is a number.")
            return self._bare(f"page {value}")
        return [Filter(field, value)]

    def _quoted(self, match: re.Match[str]) -> list[Node]:
        inside, reach = match["quoted"], match["reach"]
        parts = phrase(inside)
        if not parts:
            self.notes.append("Empty quotes are left out.")
            return []
        label = f"“{' '.join(inside.split())}”"
        if all(slot.is_any for slot in parts[0]):
            return [Everything()]
        if reach and reach.strip("0") and len(parts[0]) > 1:
            width = SAME_SENTENCE if reach in "sS" else min(int(reach), MAX_REACH)
            if reach not in "sS" and int(reach) > width:
                self.notes.append(
                    f"Nearness of {int(reach)} is read as {width}, the most there is."
                )
            few = "1 word" if width == 1 else f"{width} words"
            how = "in one sentence" if width < 0 else f"with at most {few} among them"
            return [self._term(f"{label} {how}", parts[:1], width)]
        return [self._term(label, parts)]

    def _bare(self, chunk: str) -> list[Node]:
        if chunk.isascii() and chunk.isalpha():  # as most are; what follows would read the same
            return [self._word(chunk)]
        fuzzy = _FUZZY.fullmatch(chunk) if "~" in chunk else None
        if set(chunk) == {"*"}:
            return [Everything()]
        if fuzzy:
            words = tokenize(fuzzy["word"]).words
            if len(words) == 1:
                return [self._fuzzy(words[0], fuzzy["edits"])]
            self.notes.append(f"“{chunk}” is read without the “~”, which goes with one word.")
        core = chunk.rstrip(_EDGES).lstrip(_LEFT_EDGES)
        if _WILD.search(core):
            parts = tuple(pattern(part) for part in PATTERN.findall(core))
            return [self._term(f"“{core}”", (parts,))]
        found = self._words(tokenize(chunk))
        if found and _UNKNOWN_FIELD.match(chunk):
            self.notes.append(f"“{chunk}” is read as words; fields are {', '.join(FIELDS)}.")
        if _LONE_FIELD.fullmatch(chunk):
            self.notes.append(
                f"“{chunk}” is read as a word; what it asks for goes right behind it."
            )
        if not found:
            self.notes.append(f"Left out, for it has no letters or digits: “{chunk}”.")
        return list(found)

    def _fuzzy(self, word: str, edits: str) -> Term:
        most = int(edits or 1)
        if most > MAX_EDITS:
            self.notes.append(
                f"“{word}~{edits}” is read as “{word}~{MAX_EDITS}”, the most there is."
            )
        most = min(most, MAX_EDITS)
        letters = "1 letter" if most == 1 else f"{most} letters"
        slot = Slot("fuzzy", word, most) if most else Slot("exact", word)
        return self._term(f"“{word}” give or take {letters}", ((slot,),))

    def _word(self, word: str) -> Term:
        self.place += 1
        return form(word.lower(), self.place - 1)

    def _words(self, tokens: Tokens) -> list[Term]:
        """A term for each word; a hyphenated word is one term, also found open and joined."""
        found, start = [], 0
        for stop, linked in enumerate(tokens.linked, start=1):
            if not linked:
                words = tokens.words[start:stop]
                sequences: tuple[Sequence, ...] = (slots("form", words),)
                if len(words) > 1:
                    sequences += (slots("form", ("".join(words),)),)
                word = words[0] if len(words) == 1 else None
                found.append(self._term(f"“{'-'.join(words)}”", sequences, word=word))
                start = stop
        return found

    def _term(
        self,
        label: str,
        sequences: tuple[Sequence, ...],
        reach: int = 0,
        word: str | None = None,
    ) -> Term:
        place, self.place = self.place, self.place + len(sequences[0])
        return Term(label, sequences, reach, place=place, word=word)
