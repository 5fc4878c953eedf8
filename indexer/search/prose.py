"""Tell whether a text is a sentence or search syntax, and which of its words only ask."""

import re
from itertools import pairwise

from .analysis import is_common, tokenize

FIELDS = ("heading", "section", "page", "document")
QUOTED = re.compile(r'"([^"]*)"')

# Words by which a sentence asks, as common there as "what" is; also for China, whose papers these
# are: "what does China say about" and "is China's position on".
_CHINA = r"(?:china|beijing|the chinese government)"
_ASKING = re.compile(
    r"\b(?:(?:20\d\d )?white paper|(?:the|this) (?:paper|document|text)"
    r"|says?|said|mentions?|define|discuss|meant|talk|it talks|(?:any|some)thing"
    r"|thinks? (?:about|of)"
    rf"|(?:did|do(?:es)?) {_CHINA}"
    r" (?:define|describe|mean|mention|say|see|state|think|view)(?= \w))\b"
)
_NAMES_OF_CHINA = frozenset(["china", "china's", "chinese", "beijing", "beijing's"])
_BEFORE_REQUEST = (
    r"hello|hey|hi|good (?:afternoon|day|evening|morning)|dear (?:all|madam|sir)|excuse me|sorry"
    r"|q|question|kindly|please|pl[sz]|can|could|may|would|do|does|you|(?:any|some)(?:body|one)"
    r"|help(?: me)?|just|mind|quick|trying|was|wondering|(?:ok )?google|siri|alexa"  # "could you"
    r"|i|am|i'[dm]|need|want|like|to(?! what)|where|which|what's|what (?:is|are)|(?:is|are) there"
)
_VERB = (
    r"(?:find|giv|show|tell)(?:e|ing)? (?:me|us)|(?:point|provide) me (?:to|with)|find|give"
    r"|identify|show|list(?: of)?|help(?: me)? finding|look(?:ing)? (?:for|up)"  # "look for"
    r"|search(?:ing)? for"
    r"|know|may i ask|(?:learn|read)(?: more)? about|concerning|regarding"
    r"|(?:critically )?(?:analy[sz]e|assess|discuss|evaluate)|to what extent"  # of examiners
    r"|compare|define|describe|examine|explain|outline|summari[sz]e"
)
_PART = (
    r"article|bit|chapter|para(?:graph)?s?|parts?|passages?|sections?|sentences?"  # "the part"
    r"|anything|details?|everything|examples?|info(?:rmations?)?|something|summary"  # "any info"
    r"|definition|explanation|full (?:form|name)|meaning|mentions?|occurrences?|overview"
    r"|quot(?:e|ation)s?|references?"
)
_WHAT = (  # "the part about", "paragraphs that mention"
    rf"(?:(?:all|an?|any|best|good|some|that|the) )?(?:{_PART}) (?:about|of|on|regarding|to|with"
    r"|where|containing|discuss(?:es)?|mention(?:s|ing)?|saying"
    r"|that (?:contains?|mentions?|says?))\b"
)
_PHRASE = r"(?:exact )?(?:phrase|term|word)"
_QUESTION = re.compile(r"(?:what|where|when|who|why|which|how|did|do|does|is|are)\b")
_REQUEST = re.compile(
    rf"(?:(?:{_BEFORE_REQUEST})[,.:!]* )*"
    rf"(?:(?:{_VERB})\b(?: {_WHAT})?|{_WHAT}|(?={_QUESTION.pattern}))"
    rf"(?: (?:the )?{_PHRASE}s?\b)?|the {_PHRASE}\b"
)
_WAY_OF_ASKING = re.compile(
    r"\b(?:how (?:many|much|often)(?: times)?|number of times|the number of(?! times))\b"
    r"|(?<!\d )\b(?:year(?= (?:19|20)\d\d\b)|number(?= \d))"
    r"|\b(?:by|does) the (?:phrase|term|word)\b"
    r"|\b(?:what|which) (?:chapter|page|paragraph|section|sentence)s?\b"  # "in which section"
    rf"|\b{_CHINA}'?s (?:official )?(?:(?:policy|take)(?= on)"
    r"|(?:approach|attitude|opinion|position|stance|view)s?(?= (?:about|of|on|to)))"
    r"|\b(?:appears?|described|mentioned|occurs?|kindly|please|pl[sz]|thanks|thank you"
    r"|definition|full (?:form|name)|mean(?:ing)?|refers? to|stands? for)"  # "where is ..."
    r"(?=(?: in the (?:white )?paper)?\W*$)"
)
# In a sentence "us" is the pronoun, unless capitals, stops or the next word show the country; among
# keywords, only after some verbs.
_COUNTRY = re.compile(r"\b(?:US|[Uu]\.[Ss]|[Tt]he us)\b")
_PRONOUN = re.compile(r"\b(?:give|help|let|show|tell)s? us\b", re.IGNORECASE)

# The least words outside quotes, and common ones, of a sentence, and words of a question. Keywords
# joined by operators have hardly a common word, however many they are.
_SENTENCE_WORDS, _SENTENCE_COMMON, _QUESTION_WORDS = 5, 2, 3
_LONG_QUOTATION = re.compile(r'"[^"]{50,}"')  # a sentence, not a name or a phrase
_MEANT = re.compile(  # syntax that no prose contains
    rf"(?<!\S)\(*(?:{'|'.join(FIELDS)}):|~\d|~[sS]?(?!\S)|\w\*|\*\w|\w\?\w|(?<!\S)(?:AND|OR|NOT)(?!\S)"
    r'|\s-(?:\w+|"[^"]+")$'
)


# A source in brackets after a passage: "(II.1 ¶3)", "(section II, p. 3)", "(State Council 2017)".
_SOURCE = re.compile(
    r"""(?<=\S\ )[(\[](?:
        (?=(?P<place>[^()\[\]]*(?:
            [¶§] | \bpp?\.?\ ?\d
          | \b(?i:para(?:graph)?|section|chapter|part)s?\.?\ ?(?:\d|(?i:[ivx]+\b)))))
      | (?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?=[A-Z][^()\[\]]*\W(?:19|20)\d\d\b)
    )[^()\[\]]+[)\]]\.?$""",
    re.VERBOSE,
)
_CITED, _PASSAGE = 5, 8  # words before it; after fewer, the year may be that of what is looked for


def source_of(text: str) -> str:
    """Return the source in brackets at the end of a passage, but not of a question, or ""."""
    found = _SOURCE.search(text)
    if not found or _MEANT.search(text):
        return ""
    words = len(text[: found.start()].split())
    if found["place"]:
        return found[0] if words >= _CITED else ""
    return found[0] if words >= _PASSAGE and not _REQUEST.match(text.lower()) else ""


def is_prose(text: str) -> bool:
    """Return whether a text has the shape of a sentence or a question, not of search syntax."""
    common = sum(map(is_common, text.lower().split()))
    if ("?" not in text and common < _SENTENCE_COMMON) or _MEANT.search(text):
        return False
    words = tokenize(QUOTED.sub(" ", text)).words
    if words and _LONG_QUOTATION.search(text):  # a sentence, and who said it
        words = tokenize(text).words
    if text.rstrip("\"') ").endswith("?") and len(words) >= _QUESTION_WORDS:
        return True
    return len(words) >= _SENTENCE_WORDS and sum(map(is_common, words)) >= _SENTENCE_COMMON


def asking(text: str, prose: bool) -> frozenset[str]:
    """Return the words of a text that only ask, and are as good as common in it."""
    lower = text.lower()
    asks = prose or _QUESTION.match(lower)
    found = _WAY_OF_ASKING.findall(lower) + (_ASKING.findall(lower) if asks else [])
    words = set(" ".join(found).split())
    if request := _REQUEST.match(lower):
        words.update(re.findall(r"[\w']+", request[0]))
    if "us" in lower:
        pairs = pairwise(lower.split())
        named = _COUNTRY.search(text) or any(a == "us" and not is_common(b) for a, b in pairs)
        if _PRONOUN.search(text) or (prose and not named):
            words.add("us")
    if words & _NAMES_OF_CHINA and all(w in words or is_common(w) for w in tokenize(text).words):
        words -= _NAMES_OF_CHINA  # nothing else is asked for
    return frozenset(words)
