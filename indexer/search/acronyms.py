"""Find the acronyms that a text itself defines: "Shanghai Cooperation Organization (SCO)".

Source: A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text", Pacific Symposium on Biocomputing 2003.
"""

import re

_DEFINITION = re.compile(r"\(\s*([A-Za-z][\w&./-]{1,9})\s*[),;]")  # 2 to 10, as published


def definitions(text: str) -> dict[str, str]:
    """Return the short forms that a text defines, each with its long form, both as printed."""
    found = {}
    for match in _DEFINITION.finditer(text):
        short = match.group(1)
        capitals = sum(letter.isupper() for letter in short)
        long = _long_form(short, text[: match.start()]) if capitals > 1 else None
        if long:
            found[short] = long
    return found


def _long_form(short: str, before: str) -> str | None:
    """Return the words right before the parenthesis that ``short`` stands for, or None.

    An alignment in which every letter begins a word is tried first: "Code of Conduct (COC)".
    """
    words = list(re.finditer(r"\S+", before))[-min(len(short) + 5, len(short) * 2) :]
    candidate = before[words[0].start() :].rstrip() if words else ""
    place = _align(short, candidate, initials=len(short))
    place = _align(short, candidate, initials=1) if place is None else place
    long = candidate[place:] if place is not None else ""
    return long if len(long) > len(short) and short not in long.split() else None


def _align(short: str, candidate: str, initials: int) -> int | None:
    """Return the offset in ``candidate`` at which the letters of ``short`` begin, or None.

    They are matched from right to left; the first ``initials`` of them must each begin a word.
    """
    place: int | None = len(candidate)
    for number, letter in reversed(list(enumerate(short))):
        if letter.isalnum():
            begins = r"(?<![^\W_])" if number < initials else ""
            found = re.finditer(begins + letter, candidate[:place], re.IGNORECASE)
            place = max((each.start() for each in found), default=None)
            if place is None:
                return None
    return place
