"""Decode pages, and find what a wrong encoding does to a text."""

import re

from bs4.dammit import EncodingDetector

# Traces of a wrong encoding in English text: unreadable bytes, a Chinese character beside a Latin
# letter ("China抯"), another script after one ("cafй"), accents ("â€™"), control characters.
_DAMAGE = re.compile(
    "\ufffd|[a-z][\u2e80-\u9fff\uac00-\ud7a3]|[\u2e80-\u9fff\uac00-\ud7a3][a-z]"
    "|[\u00a1-\u00ff][\u00a1-\u00ff\u2010-\u2122]|[\x00-\x08\x80-\x9f]|[ˇ¨〃]"
    "|[a-z][ÿ\u0400-\u04ff\u2500-\u257f\uff61-\uff9f]"
)
# Encodings to trust where a page declares them; others are often declared wrongly.
_DECLARED = re.compile(
    r"euc-(?:jp|kr)|iso-8859-(?:[2-9]|1[013-6])|koi8-[ru]|shift_jis|windows-125[013-8]"
)
_NO_TEXT = re.compile(  # in text that was decoded twice or lost characters; in no other
    "[\ufffd\x00-\x1f\x7f-\x9f]|â€|вЂ|тА|Б─|‚Ä|ΓÇ|鈥|锟斤拷|Ã[\u00a0-\u00bf]|Â(?= )"
    r"|[a-z.,][ÒÓÔÕ]|¡[ª¯°±]|£¬|[a-z][?\u25a1]s(?= )|(?<= )\?(?=\w)"
    r"|(?<!\S)[A-Za-z]+n\?t(?= )|(?<=\d{4})\?(?=\d{4})|\\u[0-9a-f]{4}"
    r"|(?<=[a-z] )\?(?= [a-z][^.?!]{0,80}[a-z] \? [a-z])"  # two dashes in a sentence
)


def decodings(content: bytes) -> list[str]:
    """Return the possible texts of a page, likeliest first; undecodable bytes become U+FFFD."""
    content, marked = EncodingDetector.strip_byte_order_mark(content)
    try:
        return [content.decode(marked or "utf-8")]  # hardly any other text is valid UTF-8
    except UnicodeDecodeError:
        declared = EncodingDetector.find_declared_encoding(content, is_html=True) or ""
        others = ["utf-8", "windows-1252", "gb18030", "big5"]
        names = [marked] if marked else _DECLARED.findall(declared) + others
        return [content.decode(name, "replace") for name in names]


def count_damage(text: str) -> int:
    """Return the number of traces of a wrong encoding in a text."""
    return len(_DAMAGE.findall(text))


def find_lost(text: str, is_sure: bool) -> str:
    """Return the first words with lost characters, or "".

    Where the encoding is not ``is_sure``, they are also those with a trace of a wrong one.
    """
    signs = (_NO_TEXT,) if is_sure else (_DAMAGE, _NO_TEXT)
    for line in text.split("\n"):
        for found in filter(None, (sign.search(line) for sign in signs)):
            return line[max(0, found.start() - 30) : found.end() + 30]
    return ""
