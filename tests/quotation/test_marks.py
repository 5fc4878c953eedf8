"""What is quoted in a paste, by its quotation marks, lines and blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.quotation.marks import marked


def quoted(text: str) -> list[str]:
    """The pieces of a paste that are quoted."""
    at = marked(text)
    pieces = "".join(sign if place in at else "\0" for place, sign in enumerate(text))
    return [piece.strip() for piece in pieces.split("\0") if piece.strip()]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Ships “pay” and “sail”.", ["“pay”", "“sail”"]),
        ('Ships "pay" and "sail".', ['"pay"', '"sail"']),
        # Marks of other languages, which may open or close, and of typewriters.
        ("»Ships pay«, heißt es, »und segeln«", ["»Ships pay«", "»und segeln«"]),
        ("« Ships pay », dit-il", ["« Ships pay »"]),
        ("”Ships pay”, skriver de, ”och seglar”", ["”Ships pay”", "”och seglar”"]),
        ("„Ships pay“ und „sail”", ["„Ships pay“", "„sail”"]),
        ("他说「ships pay」。", ["「ships pay」"]),
        ("``Ships pay'' and <<sail>>", ["``Ships pay''", "<<sail>>"]),
        ('“Ships pay" and “sail”', ['“Ships pay"', "“sail”"]),
        # Beside brackets, dashes, stops and signs of a format.
        ('Ships ("pay")—"sail"—say:"stay"', ['"pay"', '"sail"', '"stay"']),
        ('_"Ships pay"_ and **"sail"**', ['"Ships pay"', '"sail"']),
        (r"{\"Ships pay\"}", ['"Ships pay\\"']),
        ("&ldquo;Ships pay&rdquo;, it says", [";Ships pay&rdquo;"]),
        ("<p>Ships:</p><blockquote>Pay.</blockquote>", [">Pay.<"]),
        # One within another.
        ("“Ships “pay” and sail”, it says", ["“Ships “pay” and sail”"]),
        ('"Ships "pay" and sail", it says', ['"Ships "pay" and sail"']),
        # Not closed, or not opened.
        ("“Ships pay. Later “they sail”.", ["“Ships pay.", "“they sail”"]),
        ("“Ships pay. They sail.\n\nWe stay.", ["“Ships pay. They sail."]),
        ("It is. Ships pay,” it says. “They sail”.", ["Ships pay,”", "“They sail”"]),
        ('Ships of 12" pay', []),
        ("‘Ships pay. Later ‘they sail’.", ["‘Ships pay.", "‘they sail’"]),
        # No quotation marks: of inches and seconds, of code, and of links in a page.
        ("At 14°35′45″N it says “they sail”", ["“they sail”"]),
        ('if a << 2 and b >> 3: "pay"', ['"pay"']),
        ("```\npay\n```", []),
        ("It is 1<<<", []),
        ("« Back to the list\n\nShips pay.", []),
        ("« Ships » (« pay »)", ["« Ships »", "« pay »"]),
        # Single marks and apostrophes.
        ("'Ships pay', the ports' fees", ["'Ships pay'"]),
        ("Since the '90s the ports' fees rose", []),
        ("The ‘new’ ports’ fees", ["‘new’"]),
        ("The paper ('Ships pay.') is clear", ["'Ships pay.'"]),
        ("'Ships pay.'[1] The ports' fees", ["'Ships pay.'"]),
        ("It says 'ships pay' here.\n\nThe ports' fees", ["'ships pay'"]),
        ("It says 'ships stay'.\n\nReaders' letters", ["'ships stay'"]),
        ("'Ships pay the ports' fees' and 'sail'", ["'Ships pay the ports' fees'", "'sail'"]),
        ("It is 'bad' that “the ports’ fees” rose", ["'bad'", "“the ports’ fees”"]),
        # Lines of a letter, beside what is in marks; unless these are in the lines.
        ("It says “they sail”.\n\n> Ships pay.", ["“they sail”", "> Ships pay."]),
        ("> “Ships pay”, he says", ["“Ships pay”"]),
        ("", []),
    ],
)
def test_what_is_quoted(text: str, pieces: list[str]) -> None:
    assert quoted(text) == pieces


@given(st.text("ab1 .,\n&", max_size=40))
def test_without_signs_of_a_quotation_nothing_is_quoted(text: str) -> None:
    assert not marked(text)


@given(st.text("ab1 .,\n>“”„«»\"'‘’`<", max_size=40))
def test_any_text_has_marks_within_it(text: str) -> None:
    assert marked(text) <= set(range(len(text)))
