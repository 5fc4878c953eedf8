"""What a query may ask for at most, so that none takes long; and the refusal of what is over it."""

from __future__ import annotations

from ..errors import QueryError
from .query import Heading, Node, Term, leaves

# A paragraph of the paper has at most 1,700 characters, and people search by pasting one.
MAX_LENGTH = 4_000  # characters
MAX_CLAUSES = 256  # terms; the longest paragraph of the paper has 140 different, but stop words
# Words with wildcards, and words that may be misspelt, in all: each may stand for hundreds.
MAX_PATTERNS = 32
MAX_DEPTH = 20  # parentheses and NOTs inside one another; nobody reads more
MAX_EDITS = 2  # letters; with 3 a word of this paper has more false relatives than true ones
MAX_REACH = 100  # words; beyond it, "in one paragraph" is what is meant


def check_length(text: str) -> None:
    """Raise QueryError for a text that is too long."""
    if len(text) > MAX_LENGTH:
        raise QueryError(
            f"The query has {len(text):,} characters; the limit is {MAX_LENGTH:,}. Shorten it."
        )


def check_words(tree: Node) -> None:
    """Raise QueryError for a query of too many words, or of too many that stand for others."""
    clauses = leaves(tree)
    if len(clauses) > MAX_CLAUSES:
        raise QueryError(
            f"The query has {len(clauses)} words to search for; the limit is {MAX_CLAUSES}."
        )
    hard = sum(map(_hard, clauses))
    if hard > MAX_PATTERNS:
        raise QueryError(
            f"The query has {hard} words with wildcards, words that may be misspelt, or phrases "
            f"whose words may stand apart; the limit is {MAX_PATTERNS}."
        )


def _hard(leaf: Node) -> int:
    """How many words with wildcards and the like a clause has."""
    if isinstance(leaf, Heading):
        return _hard(leaf.term)
    if not isinstance(leaf, Term):
        return 0
    slots = [slot for slot in leaf.sequences[0] if slot.kind in {"glob", "fuzzy"}]
    return sum(not slot.is_any for slot in slots) + (leaf.reach != 0)
