"""Normalise text for comparison."""

import hashlib
import unicodedata


def normalise(text: str) -> str:
    """Return the letters and digits of a text: NFKC, case folded, everything else removed.

    Quotes, dashes, spaces, soft hyphens and zero-width characters are dropped, so
    "non-traditional" equals "nontraditional", and "control.The" equals "control. The".
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", folded)))


def digest(text: str) -> str:
    """Return the SHA-256 of the normalised text, as 64 hexadecimal digits."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()
