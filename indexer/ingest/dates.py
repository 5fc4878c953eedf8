"""Dates as these sites print them, and in their addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from .lines import plain

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Thai editions of these sites count years from 543 BC: 2569 is 2026.
BUDDHIST_ERA = 543
FIRST_BUDDHIST_YEAR = 2400
_DATES = (
    re.compile(r"\b(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})"),
    re.compile(r"\b(?P<month>[A-Za-z]{3,9})\.? ?(?P<day>\d{1,2}) ?, ?(?P<year>\d{4})"),
    re.compile(r"\b(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3,9})\.?,? (?P<year>\d{4})"),
)
_DATE_IN_ADDRESS = re.compile(r"/(?P<year>\d{4})[-/]?(?P<month>\d{2})/(?P<day>\d{2})/")
UPDATED = re.compile(r"(updated?|published?|time)\s*[:：]", re.IGNORECASE)


def read_dates(text: str) -> list[str]:
    """Return the dates in ``text`` as ISO dates, those behind "Updated:" first.

    Reads "Jan 11, 2017", "Jan 11,2017 5:03 PM", "December 8, 2025 14:38", "11 January 2017",
    "2017-05-07 08:04" and the Buddhist "2569-05-17". What is no day of the calendar is no date.
    """
    label = UPDATED.search(text)
    start = label.end() if label else 0
    matches = [match for pattern in _DATES for match in pattern.finditer(text)]
    matches.sort(key=lambda match: (match.start() < start, match.start()))
    return [day for day in map(_day, matches) if day]


def _day(match: re.Match[str]) -> str:
    year, month = int(match["year"]), match["month"][:3].lower()
    era = BUDDHIST_ERA if year >= FIRST_BUDDHIST_YEAR else 0
    try:
        number = int(month) if month.isdigit() else MONTHS.index(month) + 1
        return date(year - era, number, int(match["day"])).isoformat()
    except ValueError:  # no such month, or no such day in it
        return ""


def date_in_address(address: str) -> str:
    """Return the date in the path of ``address`` (``/201701/11/``, ``/2017-01/11/``), or ""."""
    found = _DATE_IN_ADDRESS.search(address)
    return _day(found) if found else ""


def published(told: Sequence[str], dated: str) -> str:
    """Return the date among the texts ``told`` that agrees with the address, else the first."""
    days = [day for text in told for day in read_dates(plain(text))]
    return dated if dated in days else next(iter(days), dated)
