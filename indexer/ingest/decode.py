"""The bytes of a page -> its text, whatever the page says of its own encoding."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)

# How far into a page its own declaration is looked for; browsers look at 1,024 bytes.
HEAD = 4096

# The labels that pages of these sites carry, and the encoding that is meant: the wider one where a
# label is used for more than it names. Any other label says nothing.
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "us-ascii": "windows-1252",
    "iso-8859-1": "windows-1252",
    "windows-1252": "windows-1252",
}

# Traces of a wrong guess in English text: a byte that could not be read, a Chinese character glued
# to a Latin letter ("China抯"), accented letters in a row ("â€™"), control characters.
_DAMAGE = re.compile(
    "\ufffd|[a-z][\u2e80-\u9fff\uac00-\ud7a3]|[\u00a1-\u00ff][\u00a1-\u00ff\u2010-\u2122]"
    "|[\x00-\x08\x80-\x9f]"
)


def decode(content: bytes, declared: str = "") -> str:
    """The text of ``content``; ``declared`` is the charset of the HTTP header, if there was one.

    What is valid UTF-8 is UTF-8: hardly any other text is. Else the header's encoding, the
    page's own, GB 18030 and Windows-1252 are tried, and the text with the fewest traces of a
    wrong guess is taken. Bytes that no encoding explains become U+FFFD.
    """
    for bom, name in _BOMS:
        if content.startswith(bom):
            return content.decode(name, "replace").lstrip("\ufeff")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return min(_guesses(content, declared), key=lambda text: len(_DAMAGE.findall(text)))


def _guesses(content: bytes, declared: str) -> list[str]:
    """The text in every encoding that may be meant, the likeliest first."""
    own = _DECLARED.search(content[:HEAD])
    labels = [declared, own[1].decode("ascii", "replace") if own else ""]
    named = [_ENCODINGS[label.lower()] for label in labels if label.lower() in _ENCODINGS]
    names = dict.fromkeys([*named, "utf-8", "gb18030", "windows-1252"])
    return [content.decode(name, "replace") for name in names]
