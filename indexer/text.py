"""Normalise text for comparison."""

import hashlib
import unicodedata


def normalise(text: str) -> str:
    """Return a text's letters and digits, NFKC and case-folded: "controlthe" for "Control. The"."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", folded)))


def digest(text: str) -> str:
    """Return the SHA-256 of the normalised text, as 64 hexadecimal digits."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()
