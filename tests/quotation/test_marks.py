"""What is quoted in a paste, by its quotation marks, lines and blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.quotation.marks import marked

LONG = "Ships pay the port a fee whenever they sail at night."


def quoted(text: str) -> list[str]:
    """Return the pieces of a paste that are quoted."""
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
        ("They ‘pay the fees’ and like the ports’ ships", ["‘pay the fees’"]),
        ("The paper ('Ships pay.') is clear", ["'Ships pay.'"]),
        ("'Ships pay.'[1] The ports' fees", ["'Ships pay.'"]),
        ("It says 'ships pay' here.\n\nThe ports' fees", ["'ships pay'"]),
        ("It says 'ships stay'.\n\nReaders' letters", ["'ships stay'"]),
        ("'Ships pay the ports' fees' and 'sail'", ["'Ships pay the ports' fees'", "'sail'"]),
        ("It says 'they pay “by law”'. The ports' fees", ["'they pay “by law”'"]),
        ("It says 'they \"pay\"', and the ports' fees", ["'they \"pay\"'"]),
        ("It says '. . . they pay' here", ["'. . . they pay'"]),
        ("It says ``they pay''. The ports' fees", ["``they pay''"]),
        ("It is 'bad' that “the ports’ fees” rose", ["'bad'", "“the ports’ fees”"]),
        # Lines of a letter, beside what is in marks; unless these are in the lines.
        ("It says “they sail”.\n\n> Ships pay.", ["“they sail”", "> Ships pay."]),
        ("> “Ships pay”, he says", ["“Ships pay”"]),
        ("&gt; &gt; Ships pay.\nDo they?", ["&gt; &gt; Ships pay."]),
        # Quotations of a forum and of LaTeX.
        ("It says:\n[quote=Li]Ships pay.[/quote]\nYes.", ["]Ships pay.["]),
        ("\\begin{quote}\nShips pay.\n\\end{quote}\nYes.", ["}\nShips pay.\n\\"]),
        (
            "It \\enquote{has \\emph{ships}} and says \\textquote[9]{pay}.",
            ["{has \\emph{ships}}", "{pay}"],
        ),
        ("\\epigraph{Ships pay.}{Li}", ["{Ships pay.}"]),
        ("It says \\emph{ships} and \\textbf{pay}", []),
        # Paragraphs that are set off: in all lines, but no list nor the first line of a paragraph.
        ("It says:\n\n    Ships pay,\n    and sail.\n\nYes.", ["Ships pay,\n    and sail."]),
        ("It says.\n\n\tShips pay.\n\nYes.", ["Ships pay."]),
        ("It says.\n\n    Ships pay,\nand sail.\n\nYes.", []),
        ("It says:\n\n    - ships pay\n\nYes.", []),
        ("It says “they may sail on”.\n\n    Ships pay.", ["“they may sail on”"]),
        ("All say.\n\n    “Ships pay the port”, they say.", ["“Ships pay the port”"]),
        (f"It says:\n\n*{LONG}*\n\nYes.", [f"*{LONG}*"]),
        (f"It says:\n\n<p><i>{LONG}</i></p>\n\nYes.", [f"<p><i>{LONG}</i></p>"]),
        ("**Ships pay**\n\nYes.", []),
        (f"{LONG}\n— Port Office\n\n1. Ships", [f"{LONG}\n— Port Office"]),
        (f"{LONG}\n\n— Port Office, 2017\n\nShips", [f"{LONG}\n\n— Port Office, 2017"]),
        (f"{LONG}\n— Ships pay and sail there\n\nYes.", []),
        (f"{LONG}\n— Port Office", []),
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
