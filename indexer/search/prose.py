"""Decide whether a text is prose or search syntax, and which of its words only ask."""

import re
from itertools import pairwise, takewhile

from .analysis import is_common, tokenize

FIELDS = ("heading", "section", "page", "document")
QUOTED = re.compile(r'"([^"]*)"')

# Words with which a sentence asks, as common there as "what"; also those that name China, whose
# papers these are: "what does China say about", "is China's position on".
_CHINA = r"(?:china|beijing|the chinese government)"
_NAMES_OF_CHINA = frozenset(["china", "china's", "chinese", "beijing", "beijing's"])
_ASKING = re.compile(  # in a question
    r"\b(?:(?:20\d\d )?white papers?|(?:the|this) (?:paper|document|text)"
    r"|says?|said|mentions?|define|discuss|happen(?:s|ed)?|meant|talk|it talks|writes?"
    r"|(?:any|some)thing|thinks? (?:about|of)|used(?= in the (?:paper|text)|\W*$)"
    rf"|(?:did|do(?:es)?) {_CHINA} (?:define|describe|mean|mention|say|see|think|view)(?= \w))\b"
)
_WAY_OF_ASKING = re.compile(  # in any text
    r"\bhow (?:many|much|often)(?: times)?\b|(?:\bnumber of times|^(?:the )?number of)\b"
    r"|(?:^|\b(?:by|does|is|of|uses?|with) )the (?:phrase|term|word)\b"  # "the word ASEAN"
    r"|\b(?:what|which) (?:chapter|page|paper|paragraph|section|sentence)s?\b"
    rf"|\b(?:{_CHINA}|the (?:white )?paper)'?s"  # "China's position on Japan"
    r" (?:approach|attitude|policy|position|stance|take|view)s?(?= (?:of|on|to)\b)"
    r"|\b(?:appears?|definition|described|mean(?:ing)?|mentioned|occurs?|please|stands? for|thanks)"
    r"(?=(?: in the (?:white )?(?:paper|text))?\W*$)"  # "where is Japan mentioned"
)
_QUESTION = re.compile(r"(?:what|where|when|who|why|which|how|did|do|does|is|are)\b")
# Words that, with common ones, begin a request; its last word is one of these verbs, or common.
_VERB_WORDS = (
    "analyse analyze assess cite compare contain containing contains define describe discuss "
    "evaluate examine explain find give identify know list mentioning name outline show summarise "
    "summarize tell"
)
_REQUEST_WORDS = (
    "anybody anyone anything article ask bit chapter critically definition details every "
    "everything example examples extent hello help hey hi info instance instances kindly like "
    "look looking may meaning mention mentions occurrence occurrences overview paragraph "
    "paragraphs part parts passage passages please pls plz quotation quotations quote quotes "
    "reference references say saying says search searching section sections sentence sentences "
    "somebody something sorry summary trying u want wondering"
)
_VERBS = frozenset(_VERB_WORDS.split())
_REQUESTING = _VERBS.union(_REQUEST_WORDS.split())
# In a sentence "us" is the pronoun, unless capitals, stops or the next word show the country; among
# keywords, only after some verbs.
_COUNTRY = re.compile(r"\b(?:US|[Uu]\.[Ss]|[Tt]he us)\b")
_PRONOUN = re.compile(r"\b(?:give|help|let|show|tell)s? us\b", re.IGNORECASE)

# The fewest words outside quotes, and the fewest common ones, that make a sentence; the fewest that
# make a question. Keywords joined by operators hardly ever include common words.
_SENTENCE_WORDS, _SENTENCE_COMMON, _QUESTION_WORDS = 5, 2, 3
_SYNTAX = re.compile(  # that no prose contains
    rf"(?<!\S)\(*(?:{'|'.join(FIELDS)}):|~\d|~[sS]?(?!\S)|\w\*|\*\w|\w\?\w"  # page:1 sea~2 sea* s?a
    r"|(?<!\S)(?:AND|OR|NOT)(?!\S)"
    r'|\s-(?:\w+|"[^"]+")$'  # peace -sea
)


def is_prose(text: str) -> bool:
    """Return whether a text has the shape of a sentence or a question, not of search syntax."""
    if _SYNTAX.search(text):
        return False
    words = tokenize(QUOTED.sub(" ", text)).words
    if text.rstrip("\"') ").endswith("?") and len(words) >= _QUESTION_WORDS:
        return True
    return len(words) >= _SENTENCE_WORDS and sum(map(is_common, words)) >= _SENTENCE_COMMON


def asking(text: str, prose: bool) -> frozenset[str]:
    """Return the words of a text that are common, or only ask and so count as common in it."""
    lower = text.lower()
    found = _WAY_OF_ASKING.findall(lower)
    if prose or _QUESTION.match(lower):
        found += _ASKING.findall(lower)
    only_ask = {*" ".join(found).split(), *_request(lower)}
    if "us" in lower and _is_us_pronoun(text, prose):
        only_ask.add("us")
    every = {*tokenize(text).words}
    common = {*filter(is_common, every)}
    if every <= only_ask | common:
        only_ask -= _NAMES_OF_CHINA | _VERBS  # nothing else is asked for
    return frozenset(only_ask | common)


def _is_us_pronoun(text: str, prose: bool) -> bool:
    """Return whether "us" in a text is the pronoun, not the country: "tell us"; not "us policy"."""
    if _PRONOUN.search(text):
        return True
    pairs = pairwise(text.lower().split())
    is_before_content = any(word == "us" and not is_common(after) for word, after in pairs)
    return prose and not (is_before_content or _COUNTRY.search(text))


def _request(lower: str) -> list[str]:
    """Return the words at the start of a text that only ask: "tell me about", "summary of"."""
    words = re.findall(r"[\w']+", lower)
    first = list(takewhile(lambda word: word in _REQUESTING or is_common(word), words))
    while first and first[-1] not in _VERBS and not is_common(first[-1]):
        first.pop()
    return first
