"""Odd pages: every sentence that a reader sees is in the text once, in order, or it is refused.

Each kind has the input with which it was found, and more of the same kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import corpus
from indexer.errors import PageError
from indexer.model import Document

from .conftest import TakeIn, everything
from .loopback import Reply, Site
from .paper import PAGES, PAPER_ID, ROOT, TITLE
from .render import FOLDER

PAGE = """<!DOCTYPE html><html><head><title>A Paper | example.org</title>{head}</head><body>
<ul class="nav"><li><a href="/">Home</a></li></ul>
{before}<h1>A Paper</h1><div class="info">Updated: Jan 11, 2017</div><a href="#">Print</a>
<div id="Content"><p>Peace is the aim of all.</p>{body}<p>War is never right.</p></div>
{after}<div class="footer">Copyright©2024 Example. All rights reserved.</div></body></html>"""
FIRST, LAST = "Peace is the aim of all.", "War is never right."

Take = Callable[..., Document]


def saved(folder: Path, *swaps: tuple[str, str], **parts: str) -> str:
    """Save a page with something in its head, before its title, in or after its body.

    ``swaps`` are words of it and their replacements.
    """
    file = folder / "page.html"
    empty = {"head": "", "before": "", "body": "", "after": ""}
    page = PAGE.format(**{**empty, **parts})
    for old, new in swaps:
        page = page.replace(old, new)
    file.write_text(page, "utf-8")
    return str(file)


@pytest.fixture
def take(ingest: TakeIn, tmp_path: Path) -> Take:
    """The document of a saved page, by force if there must be a ``doubt``."""

    def taken(*swaps: tuple[str, str], doubt: str = "", **parts: str) -> Document:
        file = saved(tmp_path, *swaps, **parts)
        if doubt:
            with pytest.raises(PageError, match=doubt):
                ingest(file)
        return ingest(file, force=bool(doubt))[0].document

    return taken


# HTML in the body, and the paragraphs that it makes.
READ = {
    "hidden by the style": ('<p style="display: none">Hidden by the editor.</p>', []),
    "hidden, written otherwise": ('<P STYLE="color:red;DISPLAY : NONE!important">No, no.</P>', []),
    "hidden around": ('<div style="display:none"><p style="display:block">No, no.</p></div>', []),
    "hidden by the attribute": ("<p hidden>Hidden by the editor.</p>", []),
    "invisible": ('<p style="visibility:hidden">Hidden by the editor.</p>', []),
    "hidden within a sentence": (
        "<p>Peace <span hidden>of a kind</span> will last.</p>",
        ["Peace will last."],
    ),
    "never displayed": (
        "<template><p>Not here.</p></template><noscript>Turn it on.</noscript><!-- No, no. -->",
        [],
    ),
    "coloured": (
        '<p style="color: #ff0; background-color: transparent">It is red.</p>',
        ["It is red."],
    ),
    "numbers of printed pages": ("<p>- 1 -</p><p>It is.</p><p>- 2 -</p>", ["It is."]),
    "numbers of later pages": ("<p>- 3 -</p><p>It is.</p><p>- 4 -</p>", ["It is."]),
    "a dialogue": ("<dialog><p>Accept it all.</p></dialog>", []),
    "a second body alone": ('</div><div class="artTxt"><p>BEIJING - On.</p>', ["BEIJING - On."]),
    "a label of an advertisement": ('<div class="ad">Advertisement</div>', []),
    "a label in a paragraph": ("<p>Advertisement</p>", []),
    "two labels": ("<p>Advertisement - Story continues below</p><p>Jump to: A | B</p>", []),
    "tools": ("<p>扫一扫在手机打开当前页</p><p>Like Loading...</p>", []),
    "hidden, without its end tag": (
        "<p>It is.<p hidden>No, no.<p>It was.<ul><li style='display:none'>No, no.<li>It is.</ul>",
        ["It is.", "It was.", "It is."],
    ),
    "a line break as an end tag": ("<p>Peace is</br>the aim.</p>", ["Peace is the aim."]),
    "linked marks of notes after a digit": (
        '<p>The G20<sup><a href="#n1">[1]</a></sup> and 10+3<sup><a href="#n2">2</a></sup> met.',
        ["The G20 and 10+3 met."],
    ),
    "an icon": (
        '<p>Peace <i class="icon" aria-hidden="true">★</i> will last.</p>',
        ["Peace will last."],
    ),
    "a heading above a date": (
        "<h2>Roads</h2><p>By the end of 2019, it was.</p><h2>Ports</h2><p>It is.</p>",
        ["By the end of 2019, it was.", "It is."],
    ),
    "a word of a class": (
        '<p>A lasting <span class="correlated">peace</span> and order.</p>',
        ["A lasting peace and order."],
    ),
    "words of classes": (
        '<p class="shared-future">A shared future.</p><p class="txt_unrelated">It is not.</p>'
        '<p class="info">It is known.</p><p id="related">It is there.</p>',
        ["A shared future.", "It is not.", "It is known.", "It is there."],
    ),
    "labels in a list": (
        f"<p>They make:</p><ul><li>Print</li><li>Photos</li><li>Ice</li></ul>{8 * '<p>It is.</p>'}",
        ["They make:", "Print", "Photos", "Ice", *8 * ["It is."]],
    ),
    "labels in a list without a line above": (
        f"<p>Mail</p><p>Email</p>{8 * '<p>It is.</p>'}",
        ["Mail", "Email", *8 * ["It is."]],
    ),
    "a pull quote": (
        '<p>It is so. It will be.</p><aside class="pullquote">It is so.</aside>'
        '<blockquote class="pull-quote"><p>It will be.</p></blockquote><i class="quote-box">It</i>',
        ["It is so. It will be."],
    ),
    "a notice about cookies": (
        '<div role="dialog" class="cookie-notice"><p>We use cookies. Is it right?</p></div>',
        [],
    ),
    "labels of a site": ("<p>It is.</p><p>Go to Forum &gt;&gt;0 Comments</p>", ["It is."]),
    "classes of paragraphs of text": (
        '<p class="source-text">It is.</p><p class="editor">It was.</p>',
        ["It is.", "It was."],
    ),
    "a marked advertisement": ("<h3>Advertisement</h3><p>It is.</p>", ["It is."]),
    "a class of a heading": ('<h2 class="share-title">1. Shares</h2><p>It is.</p>', ["It is."]),
    "a second body": (
        '</div><div class="ad">Advertisement</div><div class="artTxt"><p>It goes on.</p>',
        ["It goes on."],
    ),
    "a second body of the same id": (
        '</div><div id="Content"><p>It goes on.</p></div><div id="Content">',
        ["It goes on."],
    ),
    "bodies in one another": ('<div class="artTxt"><p>It goes on.</p></div>', ["It goes on."]),
    "note marks": (
        "<p>In the Sea<sup>1</sup> (UNCLOS)<sup>2, 3</sup> of 2016<sup>[4]</sup>.<sup>5</sup></p>",
        ["In the Sea (UNCLOS) of 2016."],
    ),
    "note marks that are links": (
        '<p>The Sea<sup><a href="#n1">1</a></sup> and the Bay<sup>a</sup>.</p>',
        ["The Sea and the Bay."],
    ),
    "note marks before a word": ("<p>The Sea.<sup>[1]</sup>It is.</p>", ["The Sea.It is."]),
    "a caption by its source": ("<p>A ship sails [Xinhua]</p>", []),
    "captions, however long": (f'<p class="wp-caption-text">{"It sails. " * 200}</p>', []),
    "hidden, and shown as well": (
        f"<div hidden>{'<p>It is shown.</p>' * 80}</div><p>It is shown.</p>",
        ["It is shown."],
    ),
    "note marks by style": (
        '<p>The Sea<span style="vertical-align: super; font-size: 60%">1</span> is.</p>',
        ["The Sea is."],
    ),
    "note marks as letters": ("<p>The Sea¹ (UNCLOS)² is.</p>", ["The Sea (UNCLOS) is."]),
    "exponents of other units": (
        "<p>5 mile² or 12 inches² or 5 hm² at 9.8 m/s<sup>2</sup> and 60%<sup>3</sup>.</p>",
        ["5 mile² or 12 inches² or 5 hm² at 9.8 m/s² and 60%."],
    ),
    "quotation marks by markup": ("<p>It is <q>peace</q> now.</p>", ["It is “peace” now."]),
    "shown by its last style": ('<p style="display:none;display:block">It is.</p>', ["It is."]),
    "hidden in a comment": ('<p style="/* display:none */">It is.</p>', ["It is."]),
    "an exponent below zero": ("<p>It is 3 s<sup>-1</sup> fast.</p>", ["It is 3 s⁻¹ fast."]),
    "credits of captions": (
        "<p>It sails [IC Photo]</p><p>It sails. © Xinhua</p><p>File photo: It sails</p>",
        [],
    ),
    "a source and an editor": ("<p>It is.</p><p>Source: XinhuaEditor: lihua</p>", ["It is."]),
    "an address": ("<address>By <a href='/li'>Li Hua</a></address><p>It is.</p>", ["It is."]),
    "updates that are text": (
        "<p>It was updated Tuesday, July 4, 2017.</p><p>Updated Jan 11, 2017, it is in force.</p>",
        ["It was updated Tuesday, July 4, 2017.", "Updated Jan 11, 2017, it is in force."],
    ),
    "an article of a law": ("<p><b>Article 1</b></p><p>It is law.</p>", ["It is law."]),
    "exponents": ("<p>5 km<sup>2</sup> on 10<sup>3</sup> m<sup>3</sup>.</p>", ["5 km² on 10³ m³."]),
    "powers": (
        "<p>E=mc<sup>2</sup>, x² + y<sup>2</sup> on 40 ha<sup>2</sup>.</p>",
        ["E=mc², x² + y² on 40 ha²."],
    ),
    "isotopes and ions": ("<p>U<sup>235</sup> or Ca<sup>2+</sup>.</p>", ["U²³⁵ or Ca²⁺."]),
    "exponents of long units": (
        "<p>5 feet², 2 kilometers<sup>2</sup>, and 7 yards³.</p>",
        ["5 feet², 2 kilometers², and 7 yards³."],
    ),
    "linked marks of notes after a short word": (
        '<p>The EU<sup><a href="#n1">1</a></sup> and Mr. Li<sup><a href="#n2">[2]</a></sup>.</p>',
        ["The EU and Mr. Li."],
    ),
    "note marks by class": (
        '<p>The Sea<span class=MsoFootnoteReference>1</span>, Bay<span class="sup">2</span> and '
        'Gulf<a class="footnote">[3]</a>.</p>',
        ["The Sea, Bay and Gulf."],
    ),
    "note marks by place": (
        '<p>The Sea<i style="position:relative; top:-.5em">1</i>, 5 m<b style="top: -2px">2</b>.',
        ["The Sea, 5 m²."],
    ),
    "ampersands": (
        "<p>R&D; and Q&A; of AT&T; and more &copy; for R&amp;D; it is.</p>",
        ["R&D; and Q&A; of AT&T; and more © for R&D; it is."],
    ),
    "images that are no words": (
        '<p><img> It is, <img> So it is. <i class="icon"></i> It <a name="p2"></a> is <img></p>',
        ["It is, So it is. It is"],
    ),
    "ordinals": ("<p>On the 21<sup>st</sup> of May.</p>", ["On the 21st of May."]),
    "a note": ("<p><sup>1</sup>A note is text.</p>", ["¹ A note is text."]),
    "a paragraph that is a link": ('<p><a href="/x">It is a link.</a></p>', ["It is a link."]),
    "an anchor": ('<p><a name="x">It is an anchor.</a></p>', ["It is an anchor."]),
    "a caption": ("<figure><img><figcaption>It is a caption.</figcaption></figure>", []),
    "related links": (
        '<div class="related-box"><h3>Related</h3><p><a href="/a">It is issued.</a></p></div>',
        [],
    ),
    "blocks by style": (
        '<b style="display:block">It is one.</b><i style="display: block">It is two.</i>',
        ["It is one.", "It is two."],
    ),
    "a summary": (
        "<details><summary>It is one.</summary>It is two.</details>",
        ["It is one.", "It is two."],
    ),
    "a note mark that is a link only": ('<p>The Sea<a href="#n1">1</a> is.</p>', ["The Sea is."]),
    "a link within the page": (
        '<p>See <a href="#s3">section 3 of 2014</a>, or page <a href="#p4">4</a>.</p>',
        ["See section 3 of 2014, or page 4."],
    ),
    "note marks of words": (
        "<p>The Sea<sup>[note 1]</sup>, Gulf<sup>[footnote 2]</sup> and Bay<sup>a, b</sup>.</p>",
        ["The Sea, Gulf and Bay."],
    ),
    "a label of another article": ('<p>READ MORE: <a href="/a">A paper on trade</a></p>', []),
    "links to other articles": (
        '<p><b>Related: <a href="/a">A paper on trade</a></b></p><p><a href="/b">A paper</a></p>',
        [],
    ),
    "a caption by its class": (
        '<div class="wp-caption"><img><p class="wp-caption-text">The flag flies.</p></div>',
        [],
    ),
    "white words on a colour": (
        '<table><tr><th style="background: #036; color: #fff">It is white.</th></tr></table>',
        ["It is white."],
    ),
    "a heading about authors of another kind": (
        "<h2>About the Authority</h2><p>It is.</p>",
        ["It is."],
    ),
    "links below a heading": (
        '<h2>1. Papers</h2><p><a href="/a">A paper</a></p><p>It is.</p><p><b>References</b></p>'
        '<p><a href="/b">A book</a></p><h3>Sources</h3><p><a href="/c">It is a book.</a></p>',
        ["It is.", "It is a book."],
    ),
    "an id that is made of a heading": (
        '<section id="social-development"><p>It grows.</p></section>',
        ["It grows."],
    ),
    "a rule for paper": (
        '<style media="print">p { display: none }</style>'
        "<style>@media print { body * { visibility: hidden } .x { color: red } }</style>",
        [],
    ),
    "markup in scripts": (
        r'<script>s.replace(/</g, "\u003c"); t = `</${tag}>`; u = "<!--"; a < b</script>',
        [],
    ),
    "a line that ends in a small word": (
        "<p>It is the paper of the<br>State Council.</p>",
        ["It is the paper of the State Council."],
    ),
    "for browsers without frames": ("<noframes>No frames.</noframes><noembed>No.</noembed>", []),
    "note marks by sign": (
        '<p>The Sea<sup>†</sup> and Bay <a href="a.html#n1">[1]</a><a href="#n2">[2]</a>.</p>',
        ["The Sea and Bay."],
    ),
    "note marks after a space": (
        "<p>The Sea <sup>1</sup> and Bay<sup> 2</sup>.</p>",
        ["The Sea and Bay."],
    ),
    "a heading that folds its section": (
        "<h2><button>1. One</button></h2><p>It is.</p>",
        ["It is."],
    ),
    "a link to another article, with its day": (
        '<ul><li><a href="/a">A paper on trade</a> <i>2017-01-10</i></li></ul>',
        [],
    ),
    "a word above a word": (
        "<p>In <ruby>粮<rp>(</rp><rt>grain</rt><rp>)</rp></ruby> is life.</p>",
        ["In 粮(grain) is life."],
    ),
    "a note that begins with its link": (
        '<p><a href="#n1anc">1</a>A note is text.</p>',
        ["¹ A note is text."],
    ),
    "a picture in a centred line": (
        '<p align="center"><img></p><p>It is text.</p><p align="center">It is centred.</p>',
        ["It is text.", "It is centred."],
    ),
    "a table": (
        f"<table>{3 * '<tr><td><p>2019</p></td><td>8.1</td></tr>'}</table><p>It is. {LAST}</p>",
        [*3 * ["2019", "8.1"], f"It is. {LAST}"],
    ),
    "a list with line breaks": (
        "<p>It aims:<br>– to keep; and<br>– to share.</p>",
        ["It aims:", "– to keep; and", "– to share."],
    ),
    "a layout table": ("<table><tr><td><p>It is a cell.</p></td></tr></table>", ["It is a cell."]),
}

# HTML in the body, and the sentence that the refusal quotes.
REFUSED = {
    "teasers": ('<div class="jp-relatedposts"><p>It is a teaser.</p></div>', "It is a teaser."),
    "struck words": ("<p>No <del>war</del><ins>peace</ins> is here.</p>", "No warpeace is here."),
    "struck words, older": ("<p>No <s>war</s> is here.</p>", "No war is here."),
    "a struck word alone": ("<p><del>war</del><ins>peace</ins></p>", "warpeace"),
    "struck by style": (
        '<p style="text-decoration: line-through">No war is here.</p>',
        "No war is here.",
    ),
    "too small to see": ('<p style="font-size: 0">Hidden by a trick.</p>', "Hidden by a trick."),
    "out of sight": (
        '<p style="position:absolute; left:-9999px">Hidden by a trick.</p>',
        "Hidden by a trick.",
    ),
    "transparent": ('<p style="opacity:0.0">Hidden by a trick.</p>', "Hidden by a trick."),
    "white": ('<p style="color:#FFF">Hidden by a trick.</p>', "Hidden by a trick."),
    "invisible, and shown again": (
        '<p style="visibility:hidden">No, no. <i style="visibility:visible">Shown again.</i></p>',
        "Shown again.",
    ),
    "for screen readers": ('<p class="sr-only">Hidden by a trick.</p>', "Hidden by a trick."),
    "hidden by the style sheet": (
        "<style>p.x, .y { display: none }</style><p class='y'>Hidden by a rule.</p>",
        "Hidden by a rule.",
    ),
    "hidden unless of a class that is nowhere": (
        "<style>.x:not(.open) { display: none }</style><p class='x'>Hidden by a rule.</p>",
        "Hidden by a rule.",
    ),
    "a credit below a picture": (
        '<p><img src="a.jpg"></p><p>A ship sails. (Photo courtesy of the Ministry.)</p>',
        "(Photo courtesy of the Ministry.)",
    ),
    "hidden by a trick in the style sheet": (
        "<style><!-- .x, .x::after { left: -999em } --></style><p class='x'>Hidden by a rule.</p>",
        "Hidden by a rule.",
    ),
    "moved out of sight": (
        '<p style="transform: translateX(-9999px)">Hidden by a trick.</p>',
        "Hidden by a trick.",
    ),
    "transparent by its colour": (
        '<p style="color: rgba(0, 0, 0, 0)">Hidden by a trick.</p>',
        "Hidden by a trick.",
    ),
    "hidden by a class": ('<p class="is-hidden">Hidden by a trick.</p>', "Hidden by a trick."),
    "struck by a class": ('<p>No <i class="strike">war</i> is here.</p>', "No war is here."),
    "hidden from screen readers": (
        '<p>A lasting <span aria-hidden="true">peace</span> is.</p>',
        "A lasting peace is.",
    ),
    "an advertisement": ('<ins class="ad">Buy it now.</ins>', "Buy it now."),
    "an advertisement in a paragraph": ('<p class="ad">Buy it now.</p>', "Buy it now."),
    "an advertisement in a sentence": (
        '<p>A lasting <ins class="ad">sale</ins> peace is.</p>',
        "A lasting sale peace is.",
    ),
    "an advertisement by a word": ('<p class="ad-text">Buy it now.</p>', "Buy it now."),
    "an advertisement by another word": ('<div id="adslot1">Buy it now.</div>', "Buy it now."),
    "a caption in small letters": ("<p><img><small>It is a ship.</small></p>", "It is a ship."),
    "a caption by a word": ('<p class="media__caption">It is a ship.</p>', "It is a ship."),
    "a caption in a box": ('<div class="photo"><img><p>It is a ship.</p></div>', "It is a ship."),
    "a caption below its picture": (
        '<p align="center"><img></p><p style="text-align: center">It is a ship.</p>',
        "It is a ship.",
    ),
    "a caption in a line with its picture": (
        "<center><img><br>It is a ship.</center>",
        "It is a ship.",
    ),
    "a comment in a text processor": (
        '<div class="msocomtxt"><p>Is it right?</p></div>',
        "Is it right?",
    ),
    "a heading in an aside": ("<aside><h2>1. One</h2></aside><p>It is.</p>", "1. One"),
    "a window that is open": ("<dialog open><p>It is text.</p></dialog>", "It is text."),
    "a word to choose": (
        "<p>A lasting <select><option>peace</option></select> is.</p>",
        "A lasting peace is.",
    ),
    "a paragraph in a figure": ("<figure><p>It is text.</p></figure>", "It is text."),
    "a box about the author": (
        '<div class="author-box"><h4>Li</h4><p>Li is a writer.</p><a href="/li">All</a></div>',
        "Li is a writer.",
    ),
    "a disclaimer": ('<div class="disclaimer">The views are his.</div>', "The views are his."),
    "a paragraph that is a disclaimer": (
        '<p class="disclaimer">The views are his.</p>',
        "The views are his.",
    ),
    "a note by the editor": ('<p class="editor-note">It was wrong.</p>', "It was wrong."),
    "a paragraph with the source": (
        '<p class="source">It is from Xinhua.</p>',
        "It is from Xinhua.",
    ),
    "a request to give": ('<div class="donate"><p>Please give.</p></div>', "Please give."),
    "a question": ('<div class="mood"><p>Do you like it?</p></div>', "Do you like it?"),
    "how to cite": ('<div class="citation"><p>Cite it so.</p></div>', "Cite it so."),
    "a paragraph in an aside": ("<aside><p>It is text.</p></aside>", "It is text."),
    "text in an address": ("<address>It is in Beijing.</address>", "It is in Beijing."),
    "a paragraph in a form": ("<form><p>It is text.</p></form>", "It is text."),
    "a paragraph in a navigation": ("<nav><p>It is text.</p></nav>", "It is text."),
    "a word in a button": ("<p>A lasting <button>peace</button> is.</p>", "A lasting peace is."),
    "a paragraph in a share box": (
        '<div class="share-box"><p>Tell it to your friends.</p></div>',
        "Tell it to your friends.",
    ),
    "a second body of another name": (
        '</div><div class="more"><p>It goes on.</p></div><div>',
        "It goes on.",
    ),
    "a body that ends too early": ("</div><p>It goes on.</p>", "It goes on."),
    "a stop that ends no sentence": (
        "<aside><p>BEIJING, Jan. 11 -- No. 2 is it, e.g. here.</p></aside>",
        "BEIJING, Jan. 11 -- No. 2 is it, e.g. here.",
    ),
    "a request to sign up": (
        '<div class="inline-signup"><p>Get it by mail now.</p></div>',
        "Get it by mail now.",
    ),
    "a request to subscribe": (
        '<div class="newsletter"><p>Sign up for it now.</p></div>',
        "Sign up for it now.",
    ),
    "an object": ("<object><p>It is text.</p></object>", "It is text."),
    "an object with data": ('<object data="a.svg">It is text.</object>', "It is text."),
    "an object of a plug-in": (
        '<object classid="x"><param name="movie"><p>It is text.</p></object>',
        "It is text.",
    ),
    "what leads over to a list": (
        "<aside>The four aims of all the states are these:</aside>",
        "The four aims of all the states are these:",
    ),
    "an item of a list": ('<div class="share">to keep it;</div>', "to keep it;"),
    "a ticker": ("<marquee>It is on now.</marquee>", "It is on now."),
    "comments": ('<section id="comments"><p>It is good.</p></section>', "It is good."),
    "a post": ('<blockquote class="twitter-tweet"><p>It is.</p></blockquote>', "It is."),
    "a heading in a share box": (
        '<p>1. Peace</p><div class="share"><h3>2. War</h3></div><p>2. It is peace or war.</p>',
        "2. War",
    ),
    "a last heading in an aside": ("<aside><h3>Conclusion</h3></aside>", "Conclusion"),
    "an image of a letter": ('<p><img src="o.gif" alt="O">ver it is.</p>', "[O]ver it is."),
    "an image of a number": ('<p>It is <img alt="2.3"> long.</p>', "It is [2.3] long."),
    "an image for words": ('<p>It has <img src="n.png"> ships.</p>', "It has [img] ships."),
    "words in a style sheet": (
        '<style>.x::before { content: "no" }</style><p>It has <i class="x"></i> ships.</p>',
        "It has [i] ships.",
    ),
    "words in a script": (
        '<p>It has <script>document.write("no")</script> ships.</p>',
        "It has [script] ships.",
    ),
    "text about cookies": (
        "<aside><p>Many sites set cookies. The law is open.</p></aside>",
        "The law is open.",
    ),
    "text after the end": ("<p>Copyright©2024</p><p>It goes on.</p>", "It goes on."),
}


@pytest.mark.parametrize("kind", READ)
def test_what_a_reader_sees_is_the_text(kind: str, take: Take) -> None:
    body, expected = READ[kind]
    document = take(body=body)
    assert [p.text for p in document.paragraphs] == [FIRST, *expected, LAST]
    assert document.doubts == ()


@pytest.mark.parametrize("kind", REFUSED)
def test_a_doubt_is_a_refusal_that_quotes_unless_forced(
    kind: str, ingest: TakeIn, tmp_path: Path
) -> None:
    body, sentence = REFUSED[kind]
    file = saved(tmp_path, body=body)
    with pytest.raises(PageError, match="--force stores the text with these doubts") as raised:
        ingest(file)
    assert f'"{sentence}"' in str(raised.value)
    assert everything(ingest.root) == {}
    (outcome,) = ingest(file, force=True)
    doubt = f'page 1: it is on the page, but not in the text: "{sentence}"'
    assert doubt in outcome.document.doubts


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ('<div role="heading" aria-level="2">Roads</div>', "Roads"),
        ('<p role="heading">Roads</p>', "Roads"),
        ("<p><u>Roads</u></p>", "Roads"),
        ('<style>p.x, .b { font-weight: bold }</style><p class="b">Roads</p>', "Roads"),
        ("<table><tr><td style='font-weight: bold'>Roads</td><td>2010</td></tr></table>", ""),
        ("<p><b>Roads</b> and ports</p>", ""),
        ('<h2><a href="/"><img alt="Home"></a></h2>', ""),
    ],
)
def test_headings_that_a_reader_sees(heading: str, expected: str, take: Take) -> None:
    document = take(body=f"{heading}<p>It is.</p>")
    found = [s.heading for s in document.sections if s.path != "Text"]
    assert found == list(filter(None, [expected]))


def test_a_heading_that_is_an_image_is_reported(ingest: TakeIn, tmp_path: Path) -> None:
    (outcome,) = ingest(saved(tmp_path, body='<h2><img alt="Roads"></h2><p>It is.</p>'))
    assert 'page 1: left out: "[Roads]".' in outcome.notes


@pytest.mark.parametrize(
    ("line", "is_of_site"),
    [
        ("This article was first published in the Beijing Review.", True),
        ("Click here for the Chinese version.", True),
        ("The author is a research fellow of the institute.", True),
        ("Please credit China Daily when you use it.", True),
        ("Last updated on May 3, 2020.", True),
        ("Correction (May 3): One of the numbers was wrong.", True),
        ("Was this page of use?", True),
        ("Tell us what you think.", True),
        ("With input from Xinhua.", True),
        ("Reproduction in whole or in part is prohibited.", True),
        ("Read the Chinese version here.", True),
        ("In case of any discrepancy, the Chinese text prevails.", True),
        ("Advertisement. Scroll to continue reading.", True),
        ("Note: This is an unofficial translation.", True),
        ("“If you are poor, build roads first,” they say.", False),
        ("They subscribe to the rule of law.", False),
        ("Was this a war of the people?", False),
        ("The views of all states count.", False),
        ("This page of history is closed.", False),
        ("Translated into deeds, it is peace.", False),
        ("Transformed by reform, the ports grew.", False),
        ("The text was adopted by the congress on March 1.", False),
        ("This article is binding on all the parties.", False),
        ("With input falling, prices rose.", False),
        ("Click rates rose by a half in a year.", False),
        ("The article is clear. " + "It is long, and it is text. " * 8, False),
    ],
)
def test_a_last_line_that_speaks_of_the_publication_is_a_doubt(
    line: str, is_of_site: bool, take: Take
) -> None:
    document = take((LAST, line), doubt="it may belong to the site" * is_of_site)
    assert document.paragraphs[-1].text == line.strip()


@pytest.mark.parametrize(
    ("above", "heading"),
    [
        ("", "<h2>Share</h2>"),
        ("<p>It is.</p>", "<p><strong>Comments</strong></p>"),
        ("<h2>Roads</h2><p>It is.</p>", "<h3>Print</h3>"),
    ],
)
def test_a_label_in_a_text_that_is_marked_as_a_heading_is_a_doubt(
    above: str, heading: str, take: Take
) -> None:
    words, body = re.sub("<.*?>", "", heading), f"{above}{heading}<p>It goes on.</p>"
    document = take(body=body, doubt=f'it may belong to the site: "{words}"')
    assert words in [section.heading for section in document.sections]


def test_another_article_below_is_refused(take: Take) -> None:
    below = '<h1>News</h1><div class="artTxt"><p>BEIJING - It is new.</p></div>'
    take(after=below, doubt="BEIJING - It is new")


@pytest.mark.parametrize(
    "parts",
    [
        {"after": "<p>This work is in the public domain.</p>"},
        {"before": '<div class="artTxt"><p>BEIJING - A teaser.</p></div>'},
        {"head": '<link rel="next" href="/another-article">'},
        {"head": '<link rel="next" href="/2017/01/12/story.html">'},
        {"head": '<link rel="next" href="/top-10-ports.html">'},
        {"after": '<p><a href="/news/12346.html">Next &gt;</a></p>'},
        {"after": '<p><a href="/a.aspx?id=58">Next &gt;</a></p>'},
        {"after": '<ul class="pager pagenav"><a rel="next" href="/roads">Next</a></ul>'},
        {"after": '<p><a href="/another-article">Next &gt;</a></p>'},
        {"after": '<p><a href="/a">&lt; Previous</a> <a href="/b">Next &gt;</a></p>'},
        {"before": '<div id="cookie-bar"><p>We use cookies.</p></div>'},
        {"after": '<div class="c-feedback"><h2>Is this page useful?</h2></div>'},
        {"after": "<h2>Was this article helpful?</h2><p>Tell us.</p>"},
        {"after": "<p>【纠错】 【责任编辑：王宁】</p>"},
        {"after": '<div class="subscribe-box"><p>Read us daily.</p></div>'},
        {"after": '<p>Follow us on <a href="/t">Twitter</a> to join in.</p>'},
        {"before": "<p>09:45</p>", "after": "<div>0:00 / 12:34</div>"},
        {"after": "<p>Printed from: https://e.org/a</p>"},
        {"after": "<p>Address: No. 2, Beijing. Copyright©2017</p>"},
        {"after": '<div role="dialog"><p>We use cookies.</p></div>'},
        {"after": "<amp-consent><p>We use cookies.</p></amp-consent>"},
        {"after": '<ol class="commentlist"><li>It is well said.</li></ol>'},
        {"after": '<div class="foot"><p>This is a national paper.</p></div>'},
        {"after": '<div class="hot"><h3>Hot</h3><a href="/a">It is hot.</a></div>'},
    ],
)
def test_what_is_around_is_no_text(parts: dict[str, str], take: Take) -> None:
    assert [p.text for p in take(**parts).paragraphs] == [FIRST, LAST]


@pytest.mark.parametrize(
    "title",
    [
        "<h1>China's Policies on<br>Asia-Pacific Security Cooperation</h1>",
        "<h1><div>China's Policies on</div><div>Asia-Pacific Security Cooperation</div></h1>",
        "<h1>China's Policies on</h1>\n<h1>Asia-Pacific Security Cooperation</h1>",
        "<h1><b>China's Policies on</b><i>Asia-Pacific Security Cooperation</i></h1>",
        f"<h1>{TITLE}<small>White paper</small></h1>",
        f"<h1>Full text | {TITLE}</h1>",
        f"<h1>Example</h1><div class='headline'>{TITLE}</div>",
        "<h1><span hidden>x</span>China's Policies on Asia-Pacific Security<p>Cooperation</h1>",
    ],
)
def test_the_words_of_a_title_are_not_glued(title: str, take: Take) -> None:
    assert take(("<h1>A Paper</h1>", title), ("A Paper |", f"{TITLE} |")).title == TITLE


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        ("Xinhua - Peace and Trade in Asia", "<h2>Peace and Trade in Asia</h2>"),  # the site first
        ("People's Daily Online -- Peace and Trade in Asia", "<h1>Peace and Trade in Asia</h1>"),
        (
            "Peace and Trade in Asia--China.org.cn",
            "<table><tr><td>Peace and Trade in Asia</td></tr></table>",
        ),
        ("Peace and Trade in Asia - Opinion - Example", "<p><b>Peace and Trade in Asia</b></p>"),
        ("Peace and Trade in Asia-新华网", "<div>Peace and Trade in Asia</div>"),
        ("China Daily", "<h2>Peace and Trade in Asia</h2>"),  # of no article
        ("Untitled Document", "<h3>Peace and Trade in Asia</h3>"),
        ("paper_final", '<h1>I. Roads</h1><p class="Title">{}</p>'),
        ("Microsoft Word - a.doc", '<p class="MsoTitle">{}</p><h1>Preamble</h1>'),
        ("Peace and Trade in Asia - CGTN", '<i class="title">News</i><p>Full Text: {}</p>'),
        ("", "<h2>Peace and Trade in Asia</h2>"),
        ("An Example - Peace and Trade in Asia", '<h1><a href="/">An Example</a></h1><h2>{}</h2>'),
        ("Peace and Trade in Asia - An Example", "<h1>An Example</h1>"),
    ],
)
def test_the_title_shown_is_that_of_the_article(head: str, shown: str, take: Take) -> None:
    title = "Peace and Trade in Asia"
    document = take(("<h1>A Paper</h1>", shown.format(title)), ("A Paper | example.org", head))
    assert document.title == title
    assert [p.text for p in document.paragraphs] == [FIRST, LAST]


def test_a_later_page_may_be_short_and_undated(ingest: TakeIn, tmp_path: Path) -> None:
    body = "".join(f"<p>Sentence {n} of the text says that peace will last.</p>" for n in range(20))
    pager = '<div><a href="a.htm">1</a> <b>2</b></div>'
    first = f"""<html><head><title>A Paper</title></head><body><h1>A Paper</h1><p>Jan 11, 2017</p>
        <div>{body}</div><div><b>1</b> <a href="a_2.htm">2</a></div></body></html>"""
    later = f"""<html><head><title>A Paper</title></head><body><h1>A Paper</h1>
        <div><h2>Conclusion</h2><p>It ends.</p></div>{pager}</body></html>"""
    for name, page in (("a.htm", first), ("a_2.htm", later)):
        (tmp_path / name).write_text(page, "utf-8")
    (outcome,) = ingest(str(tmp_path / "a.htm"), str(tmp_path / "a_2.htm"))
    assert outcome.document.published == "2017-01-11"
    assert [p.text for p in outcome.document.paragraphs][20:] == ["It ends."]


def test_a_page_of_contents_may_be_short(ingest: TakeIn, tmp_path: Path) -> None:
    pages = "<p>Contents</p><p>I. One</p><p>II. Two</p>", "<h2>I. One</h2>", "<h2>II. Two</h2>"
    for number, lines in enumerate(pages):
        text = f"{lines}<p>{number * 300 * 'It is. '}</p>"
        page = f"<title>A Paper</title><h1>A Paper</h1><p>Jan 11, 2017</p><div>{text}</div></html>"
        (tmp_path / f"{number}.html").write_text(page, "utf-8")
    (outcome,) = ingest(*(str(tmp_path / f"{number}.html") for number in range(3)))
    assert outcome.document.contents == ("I. One", "II. Two")


@pytest.mark.parametrize("box", ["<div class='title'>Read also</div>", "<h2>Ships</h2>"])
def test_what_is_below_the_text_is_no_title(box: str, take: Take) -> None:
    head = '<meta name="publishdate" content="2017-01-11">'
    swap = ("<h1>A Paper</h1>", "<p><b>A Paper</b></p>")
    document = take(swap, head=head, body=f"<p>It is.</p>{box}")
    assert document.title == "A Paper"
    assert [p.text for p in document.paragraphs] == [FIRST, "It is.", LAST]


def test_a_first_part_is_not_the_whole(take: Take) -> None:
    doubt = "whether a second part is the next page"
    take(("<title>A Paper", "<title>A Paper (Part I)"), doubt=doubt)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Updated: Jan 11, 2017 (Xinhua 2016-12-30)", "2017-01-11"),
        ("(Xinhua 2016-12-30) Updated: Jan 11, 2017", "2017-01-11"),
        ("11 January 2017, first in print on Dec 30, 2016", "2017-01-11"),
        ("2017-01-11 | December 30, 2016", "2017-01-11"),
        ("Updated: Mar 12, 2019 | Published: Jan 11, 2017", "2017-01-11"),
        ("Update time: 2019-03-12 Publish time: 2017-01-11", "2017-01-11"),
        ("Published Jan. 11, 2017 at 9:45 a.m.", "2017-01-11"),
        ('(Adopted on May 5, 2012)<meta name="publishdate" content="2017-01-11">', "2017-01-11"),
    ],
)
def test_the_date_of_two(told: str, day: str, take: Take) -> None:
    assert take(("Updated: Jan 11, 2017", told)).published == day


@pytest.mark.parametrize(
    ("text", "footer", "words"),
    [
        ("utf-8", "gb18030", ["The world’s peace."]),
        ("utf-8", "windows-1252", ["The world’s “own” – peace."]),
        ("gb18030", "utf-8", ["The world’s “own” peace."]),
        ("big5", "utf-8", ["The world’s “own” peace."]),
        ("big5", "utf-8", ["“Peace,” they say."]),
        ("windows-1252", "utf-8", ["The world’s “own” – peace."]),
        ("windows-1252", "gb18030", ["The world’s peace."]),
    ],
)
def test_the_encoding_is_that_of_the_text(
    text: str, footer: str, words: list[str], ingest: TakeIn, tmp_path: Path
) -> None:
    page = PAGE.format(head="", before="", body=f"<p>{words[0]}</p>", after="{after}")
    start, end = page.split("{after}")
    licence = "京ICP备13028878号" if footer != "windows-1252" else "Café “Été”"
    file = tmp_path / "page.html"
    end = end.replace("©", "&copy;")
    file.write_bytes(start.encode(text) + f"<i>{licence}</i>".encode(footer) + end.encode(text))
    (outcome,) = ingest(str(file))
    assert [p.text for p in outcome.document.paragraphs] == [FIRST, *words, LAST]


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("euc-jp", "The “own” 20℃ peace."),
        ("euc-kr", "The “own” 20℃ peace."),
        ("shift_jis", "The “own” 20℃ peace."),
        ("iso-8859-15", "It is €5 now."),
        ("koi8-r", "It is Москва now."),
        ("macintosh", "It is “Izmir” — now."),
        ("windows-1251", "It is “Москва” — now."),
        ("windows-1254", "It is “İzmir” now."),
    ],
)
def test_a_declared_encoding_is_that_of_the_text(
    encoding: str, words: str, ingest: TakeIn, tmp_path: Path
) -> None:
    head, body = f'<meta charset="{encoding}">', f"<p>{words}</p>"
    file = Path(saved(tmp_path, ("©", "&copy;"), head=head, body=body))
    file.write_bytes(file.read_text("utf-8").encode(encoding))
    (outcome,) = ingest(str(file))
    assert [p.text for p in outcome.document.paragraphs] == [FIRST, words, LAST]


@pytest.mark.parametrize(
    "words",
    [
        *(b"Peace" + byte + b" is the aim." for byte in (b"\xff", b"\x81", b"\x8d")),
        "The world’s peace. ".encode() + "The world’s “own” peace.".encode("gb18030"),
        "The world’s peace. ".encode() + "The world’s “own” peace.".encode("windows-1252"),
        "The world’s “own” peace. ".encode("gb18030") + "The “own” peace.".encode("windows-1252"),
    ],
)
def test_a_text_in_no_or_two_encodings_is_refused(
    words: bytes, ingest: TakeIn, tmp_path: Path
) -> None:
    file = Path(saved(tmp_path, ("©", "&copy;")))
    file.write_bytes(file.read_bytes().replace(FIRST.encode(), words))
    with pytest.raises(PageError, match="not valid in any known encoding"):
        ingest(str(file))


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (["The Ministry of Foreign Affairs will host the forum.", FIRST], ""),
        (["Post offices will close at noon.", FIRST], ""),
        (["The State Council met today.", FIRST], ""),
        (["The Ministry of Foreign Affairs", FIRST], "The Ministry of Foreign Affairs"),
        ([FIRST, "An office for peace"], ""),
    ],
)
def test_the_issuer_is_a_name(lines: list[str], issuer: str, take: Take) -> None:
    document = take((f"<p>{FIRST}</p>", "".join(f"<p>{line}</p>" for line in lines)))
    assert document.issuer == issuer
    texts = [p.text for p in document.paragraphs]
    assert texts == [*(line for line in lines if line != issuer), LAST]


@pytest.mark.parametrize(
    "lines",
    [
        ["Li Wen · Follow", "9 min read · Jan 11, 2017"],
        ["Jun Li, staff writer", "Jan 11, 2017, 8 min read"],
        ["Beijing", "11 January 2017"],
        ["Jun Li · Editor", "Published in Papers · 2017-01-11 · 5 comments"],
        ["A Ministry of the State Council", "Document No. 12", "January 11, 2017"],
    ],
)
def test_a_byline_ends_with_the_day_of_the_page(lines: list[str], take: Take) -> None:
    body = "".join(f"<p>{line}</p>" for line in lines)
    document = take((f"<p>{FIRST}</p>", f"{body}<p>{FIRST}</p>"))
    assert [p.text for p in document.paragraphs] == [FIRST, LAST]
    assert document.issuer == next((each for each in lines if "Ministry" in each), "")


@pytest.mark.parametrize(
    ("line", "is_doubt"),
    [
        ("Jun Li", True),
        ("Home &gt; Documents &gt; Education", True),
        ('<a href="/">Home</a> / White Papers', True),
        ("How schools came to every village", True),
        ("Your Excellencies,", False),
        ("The paper that was issued on the day on which the forum met is this", False),
        ("Adopted on January 10, 2017, and it is:", False),
    ],
)
def test_a_first_line_that_is_no_sentence_is_a_doubt(line: str, is_doubt: bool, take: Take) -> None:
    swap = (f"<p>{FIRST}</p>", f"<p>{line}</p><p>{FIRST}</p>")
    document = take(swap, doubt="its first line is not a sentence" * is_doubt)
    assert [p.text for p in document.paragraphs][1:] == [FIRST, LAST]


def test_chapters_on_pages_of_their_own_are_missed(take: Take) -> None:
    links = '<ul><li><a href="2.html">I. Ice</a></li><li><a href="3.html">II. Sea</a></li></ul>'
    take(body=f"<p>{LAST}</p>{links}", doubt=r'no text under the heading "I\. Ice"')


@pytest.mark.parametrize("day", ["<div>10:02, 14-Oct-2019</div>", "<div>Friday, Oct 4, 2019"])
@pytest.mark.parametrize("where", ["before", "after"])
def test_a_date_elsewhere_is_not_that_of_the_article(where: str, day: str, take: Take) -> None:
    with pytest.raises(PageError, match=r"no date of publication .* like \"2017-01-11\""):
        take(("Updated: Jan 11, 2017", ""), **{where: day})


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("/paper", "/paper/"),
        (  # to the nearest capture
            "/web/2018/http://example.org/paper.html",
            "/web/20180203031018/http://example.org/paper.html",
        ),
    ],
)
def test_a_redirect_may_lead_to_the_same_page(
    asked: str, there: str, site: Site, ingest: TakeIn, tmp_path: Path
) -> None:
    site.put(asked, Reply(status=302, headers=(("Location", there),)))
    site.put(there, Reply(Path(saved(tmp_path)).read_bytes()))
    (outcome,) = ingest(f"http://{site.host}{asked}")
    assert [p.text for p in outcome.document.paragraphs] == [FIRST, LAST]


def test_comments_on_a_site_that_is_not_known_are_no_text(ingest: TakeIn, tmp_path: Path) -> None:
    text = "".join(f"<p>Part {at} of the text is here to be read.</p>" for at in range(30))
    told = "".join(f"<p>Reader {at} has not read the text.</p>" for at in range(25))
    after = f'<div class="msgs">{told}</div>'
    file = saved(tmp_path, ('id="Content"', 'class="story"'), body=text, after=after)
    with pytest.raises(PageError) as raised:
        ingest(file)
    assert all(f'"Reader {at} has not read the text."' in str(raised.value) for at in range(20))
    assert "And 5 more." in str(raised.value)


def test_a_body_has_all_of_its_chapters(take: Take) -> None:
    words = [" ".join(60 * ["It is so."]), "It was."]
    chapter = '<div class="chapter"><h2>{}. One</h2><p>{}</p></div>'
    body = "".join(chapter.format(number, text) for number, text in enumerate(words, 1))
    document = take(('id="Content"', 'class="story"'), body=body)
    assert [p.text for p in document.paragraphs] == [FIRST, *words, LAST]


def put_paper(site: Site, frame: str, *lead: str) -> None:
    """Set the three pages of the paper in a frame, with page numbers that are no links."""
    for number, lines in enumerate(PAGES, 1):
        first = lead if number == 1 else ()
        text = "\n".join(f"<p>{line}</p>" for line in (*first, *lines))
        body = frame.format(title=TITLE, text=text)
        page = f"""<html><head><title>{TITLE}</title></head><body><div id="top"><a href="/">Home</a>
            </div>{body}<p>[1] [2] [3]</p><div>Copyright©2024. All rights reserved.</div>
            </body></html>"""
        site.put(site.page(number), Reply(page.encode()))


def test_a_lead_before_contents_is_text(site: Site, ingest: TakeIn) -> None:
    lead = "The State Council Information Office issued a paper on Wednesday."
    put_paper(site, FRAMES["an article"], lead)
    (outcome,) = ingest(site.address)
    assert outcome.document.issuer.startswith("The State Council Information Office of the People")
    assert outcome.document.paragraphs[0].text == lead


def test_pages_that_do_not_tell_their_numbers_begin_with_contents(
    ingest: TakeIn, tmp_path: Path
) -> None:
    for number, lines in zip("231", (PAGES[1], PAGES[2], PAGES[0]), strict=True):
        page = PAGE.format(head="", before="", body="", after="").replace("A Paper", TITLE)
        text = "".join(f"<p>{line}</p>" for line in lines)
        (tmp_path / f"{number}.html").write_text(page.replace(f"<p>{FIRST}</p>", text), "utf-8")
    with pytest.raises(PageError, match="it has Contents, so it is the article's first page"):
        ingest(*(str(tmp_path / f"{number}.html") for number in "231"))


PLACE = re.compile(r"\{\w+\}")
PAGERS = {
    "a link of words": '<p><a href="{next}">Next page &gt;&gt;</a></p>',
    "numbers in brackets": '<p>[{n}] <a href="{next}">[{m}]</a></p>',
    "numbers in brackets without links": "<p>[1] [2]</p>",
    "page of": '<p>Page {n} of 2 <a href="{next}">Next</a></p>',
    "a fraction": '<p>({n}/2) <a href="{next}">Next</a></p>',
    "a list": '<p>Pages: {n} <a href="{next}">{m}</a></p>',
    "a dash": '<p>{n} - <a href="{next}">{m}</a></p>',
    "continued": '<p><a href="{next}">Continued on page {m}</a></p>',
    "continued without a link": "<p>Continued on page {m}</p>",
    "other words": '<p><a href="{next}">Read on: page {m}</a></p>',
    "arrows": '<p>&larr; {n} <a href="{next}">{m}</a> <a href="{next}">&rarr;</a></p>',
    "all on one page": '<p><a href="all.html">View All</a> {n} <a href="{next}">{m}</a></p>',
    "steps without spaces": '<p>«{n} <a href="{next}">{m}</a>»</p>',
    "words behind an arrow, without a link": "<p>&gt;&gt;Next page</p>",
    "items of a list without links": "<ul><li>1</li><li>2</li></ul>",
    "items of a list": "<ul><li>{n}</li><li><a href='{next}'>{m}</a></li></ul>",
    "a script": '<script>createPageHTML(2, {index}, "x", "html");</script>',
    "another script": "<script>showPages(2,{index})</script>",
    "a script among others": "<script>pageCount = 0; goPage(1, 9);</script>"
    '<script>createPageHTML(2, {index}, "x", "html");</script>',
    "a count in a script": "<script>var n = {n}, pageCount = 2;</script>",
    "a button": '<button onclick="go({m})">Next page</button>',
    "a button of a form": '<input type="button" value="Next page" onclick="go({m})">',
    "an image for a script": '<a href="javascript:go({m})"><img src="n.gif" alt="Next page"></a>',
    "an image": '<p><a href="{next}"><img src="next.png" alt="Next"></a></p>',
    "a list to choose from": '<select><option>{n}<option value="a-paper_2.html">2</select>',
}


@pytest.mark.parametrize("where", ["body", "after"])
@pytest.mark.parametrize("kind", PAGERS)
def test_pagers_of_words(kind: str, where: str, site: Site, ingest: TakeIn) -> None:
    for number in (1, 2):
        name = "a-paper_2.html" if number == 1 else "a-paper.html"
        pager = PAGERS[kind].format(n=number, m=3 - number, index=number - 1, next=name)
        if number == 2 and not {"{n}", "{index}"} & set(PLACE.findall(PAGERS[kind])):
            pager = ""  # it leads on, and says no more
        page = PAGE.format(**{"head": "", "before": "", "body": "", "after": "", where: pager})
        if where == "body":  # at the end of it
            page = page.replace(pager, "", 1).replace(f"{LAST}</p>", f"{LAST}</p>{pager}")
        page = page.replace(FIRST, f"On page {number} there is peace.")
        path = f"{FOLDER}/a-paper{'' if number == 1 else '_2'}.html"
        site.put(path, Reply(page.encode()))
    (outcome,) = ingest(f"http://{site.host}{FOLDER}/a-paper.html")
    texts = [p.text for p in outcome.document.paragraphs]
    assert texts == ["On page 1 there is peace.", LAST, "On page 2 there is peace.", LAST]


@pytest.mark.parametrize("names", [("paper/", "paper/2/"), ("w-12.htm", "w-13.htm")])
def test_pages_may_have_folders_or_any_numbers(
    names: tuple[str, str], site: Site, ingest: TakeIn
) -> None:
    for name, pager in zip(
        names, (f'<a href="{FOLDER}/{names[1]}">Next page</a>', ""), strict=True
    ):
        page = PAGE.format(head="", before="", body="", after=pager)
        site.put(f"{FOLDER}/{name}", Reply(page.replace(FIRST, f"It is {name}.").encode()))
    (outcome,) = ingest(f"http://{site.host}{FOLDER}/{names[0]}")
    assert [p.text for p in outcome.document.paragraphs[::2]] == [
        f"It is {each}." for each in names
    ]


def test_a_page_that_is_updated_in_another_year_is_of_the_same_document(
    site: Site, ingest: TakeIn
) -> None:
    address = f"http://{site.host}/paper.html"
    page = PAGE.format(head="", before="", body="<p>It is.</p>" * 100, after="")
    for year, words in (("2017", "It is."), ("2018", "It was.")):
        content = page.replace("2017", year).replace("It is.", words, 1).encode()
        site.put("/paper.html", Reply(content))
        (outcome,) = ingest(address, force=True)
    assert (outcome.document.id, outcome.document.edition) == ("a-paper-2017", 2)
    other = page.replace("A Paper", "Another Paper").replace("2017", "2019")
    site.put("/paper.html", Reply(other.encode()))
    (outcome,) = ingest(address, force=True)
    assert outcome.document.id == "another-paper-2019"


def test_much_hidden_text_is_a_doubt(ingest: TakeIn, tmp_path: Path) -> None:
    text = "It is hidden. " * 80
    with pytest.raises(PageError, match=r'(?s)text that begins "It is hidden\..*--force'):
        ingest(saved(tmp_path, body=f"<p hidden>{text}</p>"))
    (outcome,) = ingest(saved(tmp_path, body=f"<div hidden><!-- {text} --></div>"))
    assert outcome.document.doubts == ()


@pytest.mark.parametrize(
    ("opener", "opens"),
    [
        ("<button>Unfold</button>", True),
        ("<button>+</button>", True),
        ('<a href="#" aria-expanded="false">Full text</a>', True),
        ("<a>Read more</a>", True),
        ("<button>Print</button>", False),
        ("<p>It is.</p>", False),
    ],
)
def test_what_a_button_may_show_is_a_doubt(opener: str, opens: bool, take: Take) -> None:
    doubt = r'text that begins "It is hidden\." is hidden' * opens
    assert len(take(body=f"<p hidden>It is hidden.</p>{opener}", doubt=doubt).doubts) == opens


def test_a_link_that_may_lead_on_is_a_doubt(site: Site, ingest: TakeIn) -> None:
    page = PAGE.format(head="", before="", body="", after='<a href="/archives/47">Next</a>')
    site.put(f"{FOLDER}/paper.html", Reply(page.encode()))
    with pytest.raises(PageError, match="not known whether /archives/47 is the next page"):
        ingest(f"http://{site.host}{FOLDER}/paper.html")


WAYS_ON = (
    '<p><a href="{}">Next</a></p>',
    '<p align="right"><a href="{}">Next &gt;&gt;</a></p>',
    '<p><a href="{}">Next: Grain <b>and Trade</b></a></p>',
    '<p><a href="{}">Next Section</a></p>',
    '<p><a href="{}">Next chapter: Grain</a></p>',
    '<p><a href="{}">→</a></p>',
    '<p><a href="{}">Part II »</a></p>',
    '<p><a href="{}">Chapter Three</a></p>',
    '<p><a href="{}">Go to Part 3: Grain</a></p>',
    '<p><a href="{}">(Continued)</a></p>',
    '<p><a href="{}">Continue to part 2</a></p>',
    '<p><a href="{}">Continue to the next part →</a></p>',
    '<p><a rel="next" href="{}">III. Grain</a></p>',
    '<div class="pagination"><a href="{}">Next</a></div>',
    '<div class="pager"><a href="{}">&gt;&gt;</a></div>',
    '<p><a href="{}">Read on...</a></p>',
    '<p><a href="{}">Click here for the rest of the white paper</a></p>',
    '<p><a href="{}">The second half</a></p><p><a href="/">Home</a></p>',
    '<p><a href="{}">Next</a></p><p>Copyright©2017. All rights reserved.</p>',
    '<p><a href="{}"> <img src="arrow.gif" alt="Next chapter"></a></p>',
    '<p><a href="{}" title="Next"><i class="arrow"></i></a></p>',
    '<p><a href="{}" aria-label="Next part"><svg></svg></a></p>',
    '<iframe src="{}" width="100%"></iframe>',
    '<object data="{}" type="application/pdf"><p>Download it.</p></object>',
)
NO_WAYS_ON = (
    '<p><a href="/a">Next steps for the talks on grain</a></p>',
    '<p><a href="/a">Next-generation trains</a></p>',
    '<p><a href="/a">Part of the harvest is in</a></p>',
    '<p><a href="/a">Section 301 is no way to trade</a></p>',
    '<p><a href="/a">Continue to build friendship, president says</a></p>',
    '<p><a href="/a">Trade grew in the first half of the year</a></p>',
    '<p><a href="/a">China and the rest of the world</a></p>',
    '<p><a href="/a">« Older: Ice</a></p><p><a href="/b">Next: Grain</a></p>',
    '<p><a href="/a">Previous</a> | <a href="/b">Next</a></p>',
    '<p><a href="/a"><img alt="Prev"></a></p><p><a href="/b"><img alt="Next"></a></p>',
    '<p><a href="/a"><img src="next/index.gif"></a></p>',
    '<p><a href="/field.jpg"><img src="field.jpg" alt="Next to the river"></a></p>',
    '<p><a href="/a" title="Next-generation trains"><img src="train.jpg"></a></p>',
    '<p><a href="/a" title="Prev"><i></i></a> <a href="/b" title="Next"><i></i></a></p>',
    '<div class="share"><p><a href="/a">Next</a></p></div>',
    '<p><b>Related Stories</b></p><p><a href="/a">Ice</a></p><p><a href="/b">[More]</a></p>',
    '<p><a href="/a">Last: Ice</a></p><p><a href="/b">Next: Grain</a></p>',
    '<div class="ads"><iframe src="/a"></iframe></div>',
    '<p>The <a href="/a">next chapter</a> is on grain.</p>',
    f'<p>{"It is long. " * 50}</p><iframe src="/a"></iframe>',
)


@pytest.mark.parametrize(
    "parts",
    [
        {"after": '<center><a href="p2.html">Next</a></center>'},
        {"after": '<nav class="pager"><a href="part2.html">&gt;&gt;</a></nav>'},
        {"after": '<div id="displaypagenum"><a href="c2.html">Next &raquo;</a></div>'},
    ],
)
def test_a_step_to_a_page_with_another_number_is_a_doubt(parts: dict[str, str], take: Take) -> None:
    take(**parts, doubt="it is not known whether")


# Links outside of the body of /x/wp.html, perhaps above its title; and some to other articles.
STEPS = (
    '<p><a href="/x/page2.html">Next</a></p>',
    '<p><a href="2.html">Next &gt;&gt;</a></p>',
    '<p><a rel="next" href="wp-p2.html">More on roads</a></p>',
    '<a href="/x/wp-p2.html" aria-label="Next"><i></i></a>',
    '<p><a href="wp2.html"><img src="next.gif" alt="Next"></a></p>',
    '<p><span>Previous</span> | <a href="wp,2.html">Next</a></p>',
    '<b>Part 1</b> | <a href="wp-part2.html">Part 2</a>',
    '<b>I</b> <a href="wp/2">II</a> <a href="wp/3">III</a>',
    '<p><a href="/x/page-two.html">Page two</a></p>',
    '<p><a href="part-ii.html">Continue to Part II</a></p>',
)
NO_STEPS = (
    '<p><a href="about_2.html"><img src="team.png"></a></p>',
    '<p><a href="/?p=145">A Paper on Trade</a></p>',
    '<p><a href="/x/roads.html">Next</a></p>',
    '<p>News: 1 <a href="/news/list_2.html">2</a> <a href="/news/list_3.html">3</a></p>',
    '<p><a href="/x/top20.html">More</a></p>',
    '<p><a href="http://[y/2">Home</a></p>',
    '<p><a href="wp2.html">Previous page</a></p>',
    '<p>Archive: 1 <a href="/2017/01/2/">2</a></p>',
    '<p>Notes: <a href="/x/wp.html#note2">2</a></p>',
    '<p>Copies: 1 <a href="http://other.example/x/wp2.html">2</a></p>',
    '<p><a href="wp2.jpg"><img src="wp.jpg" alt="A ship"></a></p>',
)


@pytest.mark.parametrize("where", ["before", "after"])
@pytest.mark.parametrize("step", [*STEPS, *NO_STEPS])
def test_a_step_to_a_second_page_is_a_doubt_wherever_it_is(
    step: str, where: str, site: Site, ingest: TakeIn
) -> None:
    parts = {"head": "", "before": "", "body": "", "after": "", where: step}
    site.put("/x/wp.html", Reply(PAGE.format(**parts).encode()))
    force = step in STEPS
    if force:
        with pytest.raises(PageError, match=r"it is not known whether .* is the next page"):
            ingest(f"http://{site.host}/x/wp.html")
    (outcome,) = ingest(f"http://{site.host}/x/wp.html", force=force)
    assert len(outcome.document.doubts) == force


@pytest.mark.parametrize("way", [*WAYS_ON, *NO_WAYS_ON])
def test_a_link_below_the_text_that_may_lead_to_its_rest_is_a_doubt(way: str, take: Take) -> None:
    doubt = r"not known whether /wp/grain\.htm is the next page" * (way in WAYS_ON)
    document = take((f"{LAST}</p>", f"{LAST}</p>{way.format('/wp/grain.htm')}"), doubt=doubt)
    assert [p.text for p in document.paragraphs][:2] == [FIRST, LAST]


@pytest.mark.parametrize("where", ["body", "after"])
@pytest.mark.parametrize(
    ("control", "words"),
    [
        ('<p><a href="javascript:void(0)" class="next">Next</a></p>', "Next"),
        ('<p><a href="#" onclick="page(2)">2</a></p>', "2"),
        ('<button class="view-more">View more</button>', "View more"),
        ('<div onclick="next()">Show more</div>', "Show more"),
        ('<p>Print</p><a href="javascript:go(2)">&gt;</a>', ">"),
        ("<a href='javascript:go(2)'>2</a>", "2"),
        ('<a href="javascript:go(2)">More</a>', ""),
        ("<h3>Ships</h3><button>Show more</button>", ""),
        ('<p><a href="#">Previous</a> <a href="#">Next</a></p>', ""),
        ('<p><a href="/a">Ships</a></p><button>Show more</button>', ""),
        ('<p><a href="#">2 comments</a></p>', ""),
        ('<div class="share"><a href="#">More</a></div>', ""),
    ],
)
def test_a_script_that_may_lead_on_is_a_doubt(
    control: str, words: str, where: str, ingest: TakeIn, tmp_path: Path
) -> None:
    end = f"{LAST}</p>"
    below = f"{end}{control}" if where == "body" else f"{end}</div><div>{control}"
    file = saved(tmp_path, (end, below))
    if words:
        with pytest.raises(PageError, match=f'not known whether "{words}" is the next page'):
            ingest(file)
    (outcome,) = ingest(file, force=True)
    assert [p.text for p in outcome.document.paragraphs][:2] == [FIRST, LAST]
    assert any("not known" in doubt for doubt in outcome.document.doubts) == bool(words)


def test_a_link_below_a_text_with_all_its_contents_leads_to_another(take: Take) -> None:
    body = "<p>Contents</p><p>I. One</p><p>I. One</p><p>It is.</p>"
    swap = (f"{LAST}</p>", f'{LAST}</p><p><a href="/a">Next</a></p>')
    assert take(swap, body=body).doubts == ()


def test_a_page_that_a_script_counts_may_be_missing_by_force(take: Take) -> None:
    after = "<script>var comments = {pageCount: 10}</script>"
    document = take(after=after, doubt=r"(?s)page 2 is missing.*--force")
    assert document.coverage == "page 1 of 10"


@pytest.mark.parametrize("kind", [kind for kind in PAGERS if "without" not in kind])
def test_a_saved_page_whose_pager_leads_on_is_not_the_article(kind: str, take: Take) -> None:
    pager = PAGERS[kind].format(n=1, m=2, index=0, next="a-paper_2.html")
    take(after=pager, doubt="page 2 is missing")


FRAMES = {
    "an article": "<article><h1>{title}</h1><time>2017-01-11</time>{text}</article>",
    "divs of other names": '<div class="x"><h1>{title}</h1><p class="date">2017-01-11</p>'
    '<div class="detail shared-box">{text}</div></div>',
    "a table": "<h1>{title}</h1><p>Updated: 2017-01-11</p><table><tr><td>{text}</td></tr></table>",
    "a form around all": '<form><h1>{title}</h1><div class="info">2017-01-11</div>'
    '<div id="Content">{text}</div><input type="submit"></form>',
    "an aside around all": '<aside><h1>{title}</h1><div class="info">2017-01-11</div>'
    '<div class="artTxt">{text}</div></aside>',
    "no end tags": "<h1>{title}</h1><p class=info>2017-01-11<div id=Content>{text}",
    "a sidebar first": '<div class="side"><h3>Hot</h3><ul><li><a href="/a">Hot</a></ul></div>'
    '<h1>{title}</h1><div class="info">2017-01-11</div><div class="main">{text}</div>',
    "sections": "<main><h1>{title}</h1><p>Updated: 2017-01-11</p><section>{text}</section></main>",
}


@pytest.mark.parametrize("frame", FRAMES)
def test_the_paper_comes_out_of_any_frame(frame: str, site: Site, ingest: TakeIn) -> None:
    put_paper(site, FRAMES[frame])
    (outcome,) = ingest(site.address)
    shipped = corpus.read_document(ROOT / "corpus", PAPER_ID, 1)
    assert outcome.document.paragraphs[:28] == shipped.paragraphs
    assert [line for line in PAGES[2] if line.endswith(".")][-1] == (
        outcome.document.paragraphs[-1].text
    )
