"""Limits that keep every query fast, and the refusal of a query that is over one.

``python -m tests.benchmark.worst`` measures the slowest query within all limits.
"""

from collections.abc import Callable, Iterable

from ..errors import QueryError
from .query import And, Heading, Slot, Term, walk

MAX_LENGTH = 4_000  # characters: people paste paragraphs, of which the longest has 1,750
MAX_WORDS = 400  # as many as a text of that length has, without common ones
# Plain words searched for, the rarest if there are more. With 64, .006 of nDCG@10 is lost on
# questions as long as a paragraph; with 80, .001 of Recall@100.
MAX_PLAIN = 100
MAX_DIFFERENT = 80  # words and phrases joined by operators, each of which was meant
MAX_PATTERNS = 12  # terms that each stand for hundreds of words, and phrases with gaps
MAX_OCCURRENCES = 500_000  # of these in total: 150 times as many as the paper has words
MAX_DEPTH = 20  # parentheses and NOTs inside one another; nobody reads more
MAX_EDITS = 2  # letters; with 3 a word of this paper has more false relatives than true ones
MAX_SLOP = 100  # words; with more, "in one paragraph" would do
HITS = 10  # on one page of results: about three screens, enough to choose from
MAX_HITS = 200  # on one page of results: some 200 kB of JSON


def check_words(tree: And) -> None:
    """Raise QueryError for a query with too many words or patterns."""
    leaves = [node for node in walk(tree) if not node.nodes]
    wanted = [leaf.term if isinstance(leaf, Heading) else leaf for leaf in leaves]
    meant = set(wanted).difference(tree.words)
    patterns = [each for leaf in wanted if isinstance(leaf, Term) for each in _patterns(leaf)]
    refuse(len(wanted), MAX_WORDS, "words to search for")
    refuse(len(meant), MAX_DIFFERENT, "different words and phrases to search for")
    refuse(len(patterns), MAX_PATTERNS, "wildcard, fuzzy and proximity terms")


def check_occurrences(terms: Iterable[Term], count: Callable[[Slot], int]) -> None:
    """Raise QueryError if patterns occur too often; ``count`` returns how often a slot does."""
    slots = {slot for term in terms if _patterns(term) for slot in term.slots}
    often = sum(count(slot) for slot in slots if not slot.is_any)
    refuse(often, MAX_OCCURRENCES, "occurrences of wildcard, fuzzy and proximity terms")


def refuse(number: int, limit: int, what: str, of: str = "query") -> None:
    """Raise QueryError if a query has more of something than the limit."""
    if number > limit:
        raise QueryError(f"The {of} has {number:,} {what}; the limit is {limit:,}. Shorten it.")


def _patterns(term: Term) -> list[Slot]:
    """Return the slots of a term that stand for many words, and one more for a phrase with gaps."""
    found = [slot for slot in term.slots if slot.kind in {"glob", "fuzzy"} and not slot.is_any]
    return [*found, term.slots[0]] if term.slop else found
