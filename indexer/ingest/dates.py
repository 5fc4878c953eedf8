"""The dates that pages print, as ISO dates."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# Thai editions of these sites count years from 543 BC: 2569 is 2026.
BUDDHIST_ERA = 543
FIRST_BUDDHIST_YEAR = 2400

_YEAR_FIRST = re.compile(r"\b(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.? ?(\d{1,2}) ?, ?(\d{4})")
_DAY_FIRST = re.compile(r"\b(\d{1,2}) ([A-Za-z]{3,9})\.?,? (\d{4})")
_IN_ADDRESS = re.compile(r"/(\d{4})[-/]?(\d{2})/(\d{2})/")


def read_date(text: str) -> str:
    """The first date in ``text`` as an ISO date; empty when there is none.

    Reads "Jan 11, 2017", "Jan 11,2017 5:03 PM", "December 8, 2025 14:38", "11 January 2017",
    "2017-05-07 08:04" and the Buddhist "2569-05-17".
    """
    for year, month, day in _YEAR_FIRST.findall(text):
        if found := _iso(int(year), int(month), int(day)):
            return found
    for name, day, year in _MONTH_FIRST.findall(text):
        if found := _iso(int(year), _month(name), int(day)):
            return found
    for day, name, year in _DAY_FIRST.findall(text):
        if found := _iso(int(year), _month(name), int(day)):
            return found
    return ""


def date_in_address(address: str) -> str:
    """The date in the path of ``address`` (``/201701/11/``, ``/2017-01/11/``), or empty."""
    found = _IN_ADDRESS.search(address)
    return _iso(int(found[1]), int(found[2]), int(found[3])) if found else ""


def _month(name: str) -> int:
    """1 to 12; 0 for a word that is no month."""
    start = name[:3].lower()
    return MONTHS.index(start) + 1 if start in MONTHS else 0


def _iso(year: int, month: int, day: int) -> str:
    """The date, or empty when the calendar has no such day."""
    if year >= FIRST_BUDDHIST_YEAR:
        year -= BUDDHIST_ERA
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
