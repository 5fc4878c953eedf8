"""Find the date of publication of a page."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import takewhile

from .lines import Line, is_sentence, plain

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?P<month>(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?))"
)
DATES = (
    # 2017-01-11, 2017年1月11日
    re.compile(r"\b(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})(?!\d|-\d{6})"),
    re.compile(  # January 11, 2017; Jan 11 10:23:13 CST 2017
        rf"\b{MONTH}\.? ?(?P<day>\d{{1,2}})[a-z]*[ ,]+(?:[\d:]{{8}} [A-Z]{{3}} )?(?P<year>\d{{4}})"
    ),
    # 11 January 2017, 11th of January, 2017
    re.compile(rf"\b(?P<day>\d{{1,2}})[a-z]*(?: of)?[ -]{MONTH}[., -]{{1,3}}(?P<year>\d{{4}})"),
    # 01/13/2017, 13.1.2017: only one of the two numbers can be a month.
    re.compile(r"(?<![-\d])(?P<month>\d\d?)[./-](?P<day>1[3-9]|2\d|3[01])[./-](?P<year>\d{4})\b"),
    re.compile(r"(?<![-\d])(?P<day>1[3-9]|2\d|3[01])[./-](?P<month>\d\d?)[./-](?P<year>\d{4})\b"),
)
_AMBIGUOUS = re.compile(r"\b(?:0?\d|1[0-2])([./-])(?:0?\d|1[0-2])\1\d{4}\b")  # "06/07/2019"
_DATE_IN_ADDRESS = re.compile(  # /2017-01/11/, /201701/11/, /t20170111_
    r"/t?(?P<year>(?:19|20)\d\d)(?P<mark>[-/]?)(?P<month>\d{2})(?:/|(?P=mark))(?P<day>\d{2})[/_]"
)
UPDATED = re.compile(r"((?:updated?|publish(?:ed)?)(?: time)?|time)\s*[:：]", re.IGNORECASE)
_DATED_MARKUP = re.compile(  # with a date, or with an address that may contain one
    r"(?i)<meta[^<>]*(?:name|property|itemprop)=[\"']?(?!created\b)[\w:. -]*"
    r"(?:pub|(?<!up)date|creat|url)[^<>]*"  # <meta name="pubdate" content="2017-01-11">
    r"|<link\b[^>]*canonical[^>]*|saved from url=\S+|url: http\S+"  # <!-- saved from url=... -->
    r"|<time[^>]*>[^<]*|<\w[^>]*[\"' ](?:datePublished|published)[\"'][^>]*|\"datePublished\"[^,}]*"
)
UPDATED_AFTER = timedelta(days=31)  # a text's date that much after the address's is of an update


def find_date(lines: Sequence[Line], source: str, address: str) -> str:
    """Return the ISO date of a page from its ``lines``, HTML ``source`` or ``address``; or "".

    Dates in lines above the text that are labelled as such come first, then those in the markup,
    then those in other lines, down to an ambiguous one ("06/07/2019"), below which none is trusted.
    """
    above = takewhile(lambda line: not is_sentence(line.shown), lines)
    heads = [plain(" ".join(piece.words for piece in line.pieces)) for line in above]
    labelled = filter(UPDATED.match, heads)
    markup = _DATED_MARKUP.findall(source)
    shown = set(days(" ".join(heads)))
    confirmed = [each for each in markup if not shown.isdisjoint(days(each))]
    trusted = takewhile(lambda words: not _AMBIGUOUS.search(words), heads)
    return published([*labelled, *confirmed, *markup, *trusted], " ".join([address, *markup]))


def published(texts: Sequence[str], address: str) -> str:
    """Return the ISO date in the address if a text has it too, else the first in texts, or ""."""
    stated = [day for text in texts for day in days(plain(text))]
    found = _DATE_IN_ADDRESS.search(address)
    of_address = _day(found) if found else ""
    if of_address in stated or not stated:
        return of_address
    first = stated[0]
    later = date.fromisoformat(first) - date.fromisoformat(of_address or first)
    return of_address if later > UPDATED_AFTER else first


def days(text: str) -> list[str]:
    """Return the ISO dates in a text: first those after "Published:", or else after "Updated:"."""
    labels = list(UPDATED.finditer(text))
    labels.sort(key=lambda label: not label[1].lower().startswith("p"))
    start = labels[0].end() if labels else 0
    matches = [match for pattern in DATES for match in pattern.finditer(text)]
    matches.sort(key=lambda match: (match.start() < start, match.start()))
    return list(filter(None, map(_day, matches)))


def _day(match: re.Match[str]) -> str:
    year, month = int(match["year"]), match["month"][:3].lower()
    try:
        number = int(month) if month.isdigit() else MONTHS.index(month) + 1
        return date(year, number, int(match["day"])).isoformat()
    except ValueError:  # no such month, or no such day in it
        return ""
