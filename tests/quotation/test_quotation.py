"""Whether words are a quotation: what is verbatim, altered, absent, and what differs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import corpus
from indexer.model import Document
from indexer.quotation.check import check, former_index
from indexer.quotation.parts import answer, verdict
from indexer.search.index import Index, index_in_memory

from ..search.conftest import document_of

HARBOUR = (
    "The harbour-master of Kellport counts 1,500 ships a year. No ship may leave the harbour at "
    "night. In 2030 the harbour will have 60 percent more berths, and none of them will be free.",
    "Every captain greets the harbour-master with three blasts of the horn. A captain who does not "
    "pays a fine of $5 to the fund for widows, which Anna Lind set up in 1901.",
)
ORCHARD = (
    "Apple trees are planted in rows, four metres apart. In dry summers they are watered at dawn.",
    "The re- gion north of the river has an old wall, which keeps the wind from the trees.",
)
# Texts with marks of their own.
AIMS = "It has two aims - peace and trade - for these reasons: (1) ships sail, (2) ports pay."
LAW = "In 2014, the law of the port had two aims: peace and trade among all ports of the sea."
NOTED = "Ships pay in May.[3] They sail at dawn.4 Old ships stay."  # with numbers of notes
SIDES = "Small and medium-sized countries need not and should not take sides among big countries."
TITLE = "China's Policies on Asia-Pacific Security Cooperation"
STAYS = (
    "The port will not, at any price, sell its ships, nor its docks. The town stays in peace, not "
    "in fear, and its wall stays."
)
GOVERNED = (
    "The fees should be agreed, known and paid by all ports of the sea, rather than being set by "
    "one port. Old ships should not simply become wrecks, still less should old ships be left at "
    "sea, in a bay, or far out, as laws. Ports should trust each other, reject the old spirit of "
    "an age of war, and act as one."
)
WORD = 'The captain\'s word counts. The port, a rich one, calls this "a law of the sea" and pays.'


@pytest.fixture(scope="module")
def index() -> Index:
    harbour = document_of("harbours", {("I", "I. Ships"): HARBOUR})
    orchard = document_of("orchards", {("II", "II. Land"): (), ("II.1", "1. Trees"): ORCHARD})
    return index_in_memory((harbour, orchard))


@pytest.fixture(scope="module")
def paper(corpus_folder: Path) -> Index:
    return index_in_memory(corpus.read_documents(corpus_folder)[0])


def told(text: str, index: Index) -> str:
    """Return the verdict and the place of each part: ``verbatim I ¶1, absent``."""
    parts = check(text, index)
    places = [f" {part.place.paragraph.citation}" if part.place else "" for part in parts]
    return ", ".join(part.verdict + place for part, place in zip(parts, places, strict=True))


@pytest.mark.parametrize(
    ("text", "quotation", "expected"),
    [
        # A line that begins as the text goes on there is no list.
        (AIMS, "It has two aims\n– peace and trade –\nfor these reasons", "verbatim I ¶1"),
        (AIMS, "1. ships sail\n2. ports pay", "verbatim I ¶1, verbatim I ¶1"),
        # The text's own words before a colon are checked, those of somebody else are not.
        (LAW, "The law of the port had three aims: peace and trade", "altered I ¶1"),
        (LAW, "The old law of the town had two aims: peace and trade", "altered I ¶1"),
        (LAW, "The paper on the law says: peace and trade", "verbatim I ¶1"),
        # The text itself has quotation marks and an apostrophe.
        (
            WORD,
            f"{WORD[WORD.index('The port') :]} {WORD[: WORD.index(' The port')]}",
            "altered I ¶1",
        ),
        (WORD, "The cap-\ntain’s word", "verbatim I ¶1"),
        (WORD, f"{WORD}\n\nThe town keeps old ships away.", "verbatim I ¶1, absent"),
        (WORD, 'The port, a rich one, calls this "a law\nof the sea" or pays', "altered I ¶1"),
        (NOTED, NOTED, "verbatim I ¶1"),
        (NOTED, "Ships pay in May. They sail at dawn. Old ships stay.", "verbatim I ¶1"),
        ("The No.5 Rocket rose.", "The No.7 Rocket rose", "altered I ¶1"),
        ("70 of the ships.", "50  of the ships", "altered I ¶1"),
        # A sign counts, whatever the space behind it.
        ("Ships of > 65 metres pay (p > 0.05).", "Ships of < 65 metres", "altered I ¶1"),
        ("Ships of > 65 metres pay (p > 0.05).", "65 metres pay (p<0.05)", "altered I ¶1"),
        ("Ships of > 65 metres pay (p > 0.05).", "Ships of >65 metres", "verbatim I ¶1"),
        ("Old ships must pay € 500.", "Old ships must pay $ 500", "altered I ¶1"),
        ("Old ships must pay € 500.", "Ships must pay €500", "verbatim I ¶1"),
        # What an ellipsis leaves out.
        (STAYS, "The port will … sell its ships", "verbatim I ¶1, altered I ¶1"),
        (STAYS, "The port will … nor its docks", "verbatim I ¶1, verbatim I ¶1"),
        (STAYS, "stays in peace … and its wall stays", "verbatim I ¶1, verbatim I ¶1"),
        # Also before a clause, if it governs what is quoted behind it.
        (GOVERNED, "Old ships should … be left at sea", "verbatim I ¶1, altered I ¶1"),
        (GOVERNED, "fees should be … set by one port", "verbatim I ¶1, altered I ¶1"),
        (GOVERNED, "Ports should trust … an age of war", "verbatim I ¶1, altered I ¶1"),
        (GOVERNED, "old ships … be left at sea", "verbatim I ¶1, altered I ¶1"),
        (GOVERNED, "Ports should trust … and act as one", "verbatim I ¶1, verbatim I ¶1"),
        (GOVERNED, "Ports should … and act as one", "verbatim I ¶1, verbatim I ¶1"),
        (GOVERNED, "reject the … age of war", "verbatim I ¶1, verbatim I ¶1"),
        (GOVERNED, "reject … act as one", "verbatim I ¶1, altered I ¶1"),
        (GOVERNED, "reject … an age of war", "verbatim I ¶1, verbatim I ¶1"),
        (GOVERNED, "The fees … as laws", "verbatim I ¶1, verbatim I ¶1"),
        (SIDES, "countries need not … take sides among big", "verbatim I ¶1, verbatim I ¶1"),
        ("In 2013,2014 and 2015 ships paid.", "In 2013, 2014 and 2015 ships", "verbatim I ¶1"),
    ],
)
def test_marks_that_the_text_has_itself(text: str, quotation: str, expected: str) -> None:
    index = index_in_memory((document_of("harbours", {("I", "I. Ships"): (text,)}),))
    assert told(quotation, index) == expected


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        # The same words in the same order.
        ("No ship may leave the harbour at night.", "verbatim I ¶1"),
        ("ship may leave", "verbatim I ¶1"),
        ("“No ship may leave the harbour at night,”", "verbatim I ¶1"),
        ("'No ship may leave\n the harbour at\u00a0night!'", "verbatim I ¶1"),
        ("The harbour–master of Kellport counts 1500 ships", "verbatim I ¶1"),
        ("The harbourmaster of Kellport counts", "verbatim I ¶1"),
        ("The harbour master of Kellport counts", "verbatim I ¶1"),
        ("the har\u00adbour will have 60% more berths", "verbatim I ¶1"),
        ("Every cap-\ntain greets the har- bour-master", "verbatim I ¶2"),
        ("The region north of the river", "verbatim II.1 ¶2"),
        ("the river has an old wall which keeps the wind", "verbatim II.1 ¶2"),
        # What is left out, and what is the editor's.
        ("The harbour-master … counts 1,500 ships a year", "verbatim I ¶1, verbatim I ¶1"),
        ("No ship ... at night. In 2030 [...] berths", ", ".join(["verbatim I ¶1"] * 3)),
        ("… may leave the harbour at night …", "verbatim I ¶1"),
        ("A captain who … not pays a fine of $5", "verbatim I ¶2, verbatim I ¶2"),
        ("Every captain greets the harbour-mas", "altered I ¶2"),
        ("[it] may leave the harbour at night", "verbatim I ¶1"),
        ("the harbour will have 60+ percent more berths", "altered I ¶1"),
        # What is before it in chats, papers and lists.
        ("@port @ship No ship may leave the harbour at night", "verbatim I ¶1"),
        ("KELLPORT (AP) — No ship may leave the harbour at night", "verbatim I ¶1"),
        ("(p. 2) No ship may leave the harbour at night", "verbatim I ¶1"),
        ("70\npercent more berths, and none of them", "altered I ¶1"),
        ("I. No ship may leave\nII. Every captain greets", "verbatim I ¶1, verbatim I ¶2"),
        # Single marks beside brackets and signs.
        (
            "It asks ‘[n]o ship’ to leave, and ‘every captain’ to greet",
            "verbatim I ¶1, verbatim I ¶2",
        ),
        ("It wants ‘60%’ more, and ‘[e]very captain greets’ it", "verbatim I ¶1, verbatim I ¶2"),
        ("[n]o ship may leave the harbour [sic] at night", "verbatim I ¶1"),
        ("(N)o ship may leave the harbour", "verbatim I ¶1"),
        ("(S)hip may leave the (h)arbour", "verbatim I ¶1"),
        ("The ship may (n)ot leave the harbour", "altered I ¶1"),
        ("Apple tree[s] are planted [here] in rows", "verbatim II.1 ¶1"),
        ("at night … The harbour-master of Kellport", "verbatim I ¶1, altered I ¶1"),
        # Words beside the quotation marks are one's own, unless the text has them there, too.
        ("The law says that “no ship may leave the harbour at night”, no less.", "verbatim I ¶1"),
        ('"No ship may leave the harbour at night" (Harbour Office, 2017, p. 2).', "verbatim I ¶1"),
        ("Kellport’s law: ‘No ship may leave the harbour at night’", "verbatim I ¶1"),
        ("He wrote “No ship should leave the harbour at night” to them", "altered I ¶1"),
        ("'No ship may leave the harbour at night,' he says.", "verbatim I ¶1"),
        ("No ship may “leave the harbour at night” (Harbours 2017)", "verbatim I ¶1"),
        ("The law, they say, wants no more than that “at dawn” it is done", "verbatim II.1 ¶1"),
        ("Apple trees are planted in “rows”, far apart", "altered II.1 ¶1"),
        ("In dry summers they are “watered at dawn”, by the river", "verbatim II.1 ¶1"),
        ("They said that big ships must not “leave the harbour at night”", "verbatim I ¶1"),
        ("Kellport says a captain who does not “pays a fine of $5 to the fund”", "verbatim I ¶2"),
        ("They say “a captain who does not pays a fine” of the fund", "verbatim I ¶2"),
        ("The law of the port: No ship may leave the harbour at night", "verbatim I ¶1"),
        ("The port says no ship may leave the harbour", "verbatim I ¶1"),
        ("The port notes that no ship may leave the harbour", "verbatim I ¶1"),
        ('No ship may leave the harbour," the port adds.', "verbatim I ¶1"),
        ("No ship may leave the harbour, as nobody claims", "altered I ¶1"),
        ("No ship may leave the harbour — Except Kellport Ships", "altered I ¶1"),
        ("SHIPS A YEAR. NO SHIP MAY LEAVE THE HARBOUR - NOT ONE", "altered I ¶1"),
        ("No ship may leave the harbour, Kellport and the United States", "altered I ¶1"),
        ("As stated by the port, no ship may leave the harbour", "verbatim I ¶1"),
        ("In 2017, the port said that no ship may leave the harbour", "verbatim I ¶1"),
        ("No ship may leave the harbour, the document of the port stressed.", "altered I ¶1"),
        ("No ship may leave the harbour, the port document stressed on Monday.", "verbatim I ¶1"),
        ("No ship may leave, according to a paper issued by the port authority", "verbatim I ¶1"),
        ("KELLPORT, May 3 (Reuters) - No ship may leave the harbour", "verbatim I ¶1"),
        ("In “Harbours” (2017), the port says: “No ship may leave.”", "verbatim I ¶1"),
        ("""'No ship may leave "the harbour,"' they say.""", "verbatim I ¶1"),
        ('''They say "No ship may leave "the harbour" at night."''', "verbatim I ¶1"),
        ("No ship may leave the harbour, according to the law of the sea", "altered I ¶1"),
        ("As a port of note, no ship may leave the harbour at night", "altered I ¶1"),
        ("According to the law, no ship should leave the harbour at night", "altered I ¶1"),
        ("Kellport, Jan. 2017, p. 3: No ship may leave the harbour", "verbatim I ¶1"),
        ("Key points:\n- No ship may leave\n- at dawn", "verbatim I ¶1, verbatim II.1 ¶1"),
        ("The port says:\n\n“No ship should leave the harbour”", "altered I ¶1"),
        # So are those between marks.
        ("“No ship may leave,” he says, “the harbour at night.”", "verbatim I ¶1, verbatim I ¶1"),
        ("'at dawn' and 'no ship may leave'", "verbatim II.1 ¶1, verbatim I ¶1"),
        ("“at dawn” / “no ship may leave”", "verbatim II.1 ¶1, verbatim I ¶1"),
        ("“No ship may leave” but “xyzzy”", "verbatim I ¶1, absent"),
        # Titles of other works, and terms that are defined.
        ("“No ship may leave” (see Lind, “Ports Without Ships,” A7)", "verbatim I ¶1"),
        ("In his essay “What Ports Want” (2018), Lind has “at dawn”", "verbatim II.1 ¶1"),
        ("The Port Office (“KPO”, the “Old Office”) says “at dawn”", "absent, verbatim II.1 ¶1"),
        ("The Port Office (the “Old Office”) says “at dawn”", "verbatim II.1 ¶1"),
        ("The Port Office (the “Office”) says “at dawn”", "verbatim II.1 ¶1"),
        ("“at dawn”.\n\nNotes\nLind, A. (1901). “Old Ports.” Port News, 4.", "verbatim II.1 ¶1"),
        ("“at dawn” it says (“ports are no more”)", "verbatim II.1 ¶1, absent"),
        ("“at dawn” and the “Ports of Death”", "verbatim II.1 ¶1, absent"),
        ("“at dawn”. Lind, “Every port is lost.” So it is.", "verbatim II.1 ¶1, absent"),
        ("“In,” they say, “dry summers they are”", "verbatim II.1 ¶1"),
        ('"No ship" may "leave the harbour"', "verbatim I ¶1"),
        ("‘No ship’, he says, ‘may leave’", "verbatim I ¶1, verbatim I ¶1"),
        ("'at dawn' (p. 9), he doesn't add 'no ship'", "verbatim II.1 ¶1, verbatim I ¶1"),
        ("“counts 1,500 ships” and “none of them”", "verbatim I ¶1, verbatim I ¶1"),
        ("“A captain who” does, they say, “not pays a fine”", "verbatim I ¶2, verbatim I ¶2"),
        ("“A captain who” does, they say, “pays a fine”", "altered I ¶2"),
        # Cells of a table need not follow one another; sentences must.
        ("Every captain greets\tNo ship may leave", "verbatim I ¶2, verbatim I ¶1"),
        ("Every captain greets. No ship may leave", "verbatim I ¶2, altered I ¶1"),
        # A block on lines of its own, and what leads over to it.
        ("It is late. The port says:\n\nNo ship may leave", "verbatim I ¶1"),
        (
            "It says “none of them”. It goes on:\n\nNo ship must leave",
            "verbatim I ¶1, altered I ¶1",
        ),
        ("It says “a ship may leave”. And:\n\n> No ship may leave", "altered I ¶1, verbatim I ¶1"),
        ("“It is late”:\n\nNo ship may leave", "absent, verbatim I ¶1"),
        ("Dear all:\n\nIt says “No ship may leave”, and so on.\n\nYours,\nTom", "verbatim I ¶1"),
        ("In the words of the law,\n\nNo ship may leave", "verbatim I ¶1"),
        ("A passage (emphasis added):\n\nNo ship may leave", "verbatim I ¶1"),
        ("As the port puts it,\n\nNo ship may leave", "verbatim I ¶1"),
        ("The port says that ships are gone.\n\nNo ship may leave", "absent, verbatim I ¶1"),
        ("Ships follow a passage.\n\nNo ship may leave", "absent, verbatim I ¶1"),
        ("Xyzzy:\n\n    No ship may leave\n    the harbour\n\nXyzzy went home.", "verbatim I ¶1"),
        ("Xyzzy\n\n\tNo ship must leave the harbour\n\nXyzzy went.", "altered I ¶1"),
        ("Xyzzy\n\n\tNo ship may leave\n\n\tXyzzy went.", "verbatim I ¶1, absent"),
        ("No ship may leave\n\nXyzzy went.\n\nat dawn", "verbatim I ¶1, absent, verbatim II.1 ¶1"),
        ("[quote]No ship may leave[/quote]\nlol", "verbatim I ¶1"),
        # Lines of a letter that others answer.
        (">> No ship may leave\n>> the harbour\n> Nobody went.\nWell.", "verbatim I ¶1"),
        (">>> No ship may leave\n>> Is it so?\n> It is.\nWell.", "verbatim I ¶1"),
        (">> No ship may leave\n> four metres apart\nWell.", "verbatim I ¶1, verbatim II.1 ¶1"),
        ("> No sail may\n>> leave the harbour at night", "altered I ¶1"),
        ("> Nobody went.\n>\n>> No ship may leave", "absent, verbatim I ¶1"),
        (">> No ship may leave\n> No ship must leave the harbour", "verbatim I ¶1, altered I ¶1"),
        ("&gt; No ship may leave.\nSo they say", "verbatim I ¶1"),
        ("No ship may not “leave the harbour at night”", "altered I ¶1"),
        ("A ship may “leave the harbour at night”", "altered I ¶1"),
        ("They do not; instead “Apple trees are planted in rows”", "verbatim II.1 ¶1"),
        ("It is rather “Apple trees are planted in rows”", "verbatim II.1 ¶1"),
        ("Instead of “Apple trees are planted in rows”", "altered II.1 ¶1"),
        # What is copied among one's own words.
        (
            "It says “In dry summers they are watered at dawn”. **A captain who does not pays a "
            "fine of $5 to the fund for all**.",
            "verbatim II.1 ¶1, altered I ¶2",
        ),
        # One's own paragraph beside a quotation, in marks of any kind.
        ("»No ship may leave«, heißt es.\n\nXyzzy went home.", "verbatim I ¶1"),
        ("It says “at dawn”. A ship must leave the harbour at night.", "verbatim II.1 ¶1"),
        ("“No ship may leave, the port said.”", "altered I ¶1"),
        # Numbers of a list and of footnotes.
        ("1. No ship may leave\n2. the harbour-master of Kellport", "verbatim I ¶1, verbatim I ¶1"),
        ("“No ship may leave.”1\n\nat dawn", "verbatim I ¶1, verbatim II.1 ¶1"),
        ('It says "[i]n 2030 the harbour will have"', "verbatim I ¶1"),
        ("It says that '[i]n dry summers they are watered'", "verbatim II.1 ¶1"),
        ("- at dawn\n- No ship may leave", "verbatim II.1 ¶1, verbatim I ¶1"),
        ("➢ counts 1,500 ships\n➢ none of them", "verbatim I ¶1, verbatim I ¶1"),
        ("A. counts 1,500 ships\nB. none of them", "verbatim I ¶1, verbatim I ¶1"),
        ("> 1. at dawn\n> 2. No ship may leave", "verbatim II.1 ¶1, verbatim I ¶1"),
        ("> a) at dawn\n> b) No ship may leave", "verbatim II.1 ¶1, verbatim I ¶1"),
        ("→ at dawn\n→ No ship may leave", "verbatim II.1 ¶1, verbatim I ¶1"),
        (
            "- According to Anna, “at dawn”\n- According to Tom, “No ship may leave”",
            "verbatim II.1 ¶1, verbatim I ¶1",
        ),
        ("-- It says, “at dawn”\n-- It says, “No ship”", "verbatim II.1 ¶1, verbatim I ¶1"),
        ("“at dawn”\n-- Anna Lind", "verbatim II.1 ¶1"),
        ("No ship may leave (original emphasis) the harbour [italics mine]", "verbatim I ¶1"),
        ("(3) Apple trees are planted in rows,¹ four metres apart.²", "verbatim II.1 ¶1"),
        ("Apple tree[s’] are planted in rows [underlining added]", "verbatim II.1 ¶1"),
        ("No ships¹ sail, no ship may leave.2 In 2030", "altered I ¶1"),
        ("Apple trees12 are planted in rows,4 four metres apart.[5, p. 6]", "verbatim II.1 ¶1"),
        ("the harbour¹ at night.12 In 2030 the harbour will", "verbatim I ¶1"),
        ("Apple trees^12 are planted in^{3} rows(4), four metres apart.^5^", "verbatim II.1 ¶1"),
        ("Apple trees are planted in rows①, four metres of⁷ it", "altered II.1 ¶1"),
        ("Apple trees\\textsuperscript{1} $^{2}$ are<sup>3,4</sup> planted", "verbatim II.1 ¶1"),
        ("the fund7 for8 widows⁹⁻¹², which Anna Lind set up,13", "verbatim I ¶2"),
        ("pays a fine of $5^2 to the fund for 10^7 widows", "altered I ¶2"),
        # What a paste has around it and in it: HTML, threads, speakers, pages, sources.
        ("> No ship may leave\n>> the harbour", "verbatim I ¶1"),
        ("<p>four metres apart</p><p>No ship may</p>", "verbatim II.1 ¶1, verbatim I ¶1"),
        ("No ship may leave<sup>[2]</sup> the harbour", "verbatim I ¶1"),
        ("The region north of the\n\n- 14 -\n\nriver has an old wall", "verbatim II.1 ¶2"),
        ("The region north of the river has an\n\n7\n\nold wall", "verbatim II.1 ¶2"),
        ("The region north of the river has an\n\n7\n\nold wall\n\n(II.1)", "verbatim II.1 ¶2"),
        # The title of a book above each highlight in it.
        (
            "Old Laws (Li)\n- Your Highlight on page 5 | Added on 3 May\n\nNo ship may leave\n==\n"
            "Old Laws (Li)\n- Your Note on page 9 | Added on 3 May\n\nat dawn\n==",
            "verbatim I ¶1, verbatim II.1 ¶1",
        ),
        # The date of an article, or of a result in a list; and one's own words on a day.
        ("Jan 11, 2017 — No ship may leave", "verbatim I ¶1"),
        ("11 January 2017 ... No ship may leave the harbour", "verbatim I ¶1"),
        ("2017-01-11 10:30 | Port News\nNo ship may leave", "verbatim I ¶1"),
        ("No ship may leave\n\nJanuary 11, 2017", "verbatim I ¶1"),
        ("No ship may leave\n\nJanuary 11, 2017 was cold", "verbatim I ¶1, absent"),
        # Words that an ellipsis cuts.
        ("“No ship may leave the harb…”, it says", "verbatim I ¶1"),
        ("“Apple trees are planted in rows, four met...” and so on", "verbatim II.1 ¶1"),
        ("No ship may leave the harb... See more", "verbatim I ¶1"),
        ("“No ship may leav… the harbour”", "altered I ¶1, verbatim I ¶1"),
        # The head of a table.
        (
            "<table><thead><tr><th>No.</th></tr></thead><tr><td>No ship may</td></tr></table>",
            "verbatim I ¶1",
        ),
        ("<tr><th scope=col>No.</th><th>Text</th></tr><td>at dawn</td>", "verbatim II.1 ¶1"),
        ("No ship may\nHARBOURS | Page 3 of 9\nleave", "verbatim I ¶1, verbatim I ¶1"),
        ("four metres apart\tNo ship may leave the harbour", "verbatim II.1 ¶1, verbatim I ¶1"),
        ("No [ship](https://a.b) [may](https://b.c) leave the harbour[^3]", "verbatim I ¶1"),
        ("1. No ship ([Port](https://e.org))\n2. at dawn", "verbatim I ¶1, verbatim II.1 ¶1"),
        ("No ship may leave the harbour at night. [Port](https://e.org)", "verbatim I ¶1"),
        ("No ship may leave the harbour #ships #law", "verbatim I ¶1"),
        ("set up\n\n1. TREES\n\nApple trees", "verbatim I ¶2, verbatim II.1 ¶1"),
        ("Full text: Trees\nApple trees are planted", "verbatim II.1 ¶1"),
        ("II.1 Apple trees are planted in rows", "verbatim II.1 ¶1"),
        ("I.1: No ship may leave the harbour", "verbatim I ¶1"),
        ("The harbour´s... none of them", "absent, verbatim I ¶1"),
        ("<p>No ship may <b>leave</b><br>the harbour&nbsp;at night.</p>", "verbatim I ¶1"),
        ("No ship may <del>not</del> leave the harbour", "verbatim I ¶1"),
        ("No ship may <not> leave the <big> harbour", "altered I ¶1"),
        ("RT @port: No ship may leave the harbour at night", "verbatim I ¶1"),
        ("@port No ship may leave the harbour via @sea", "verbatim I ¶1"),
        ("On 3 May 2017, Anna wrote:\n> No ship may leave", "verbatim I ¶1"),
        ("From: Anna\nSubject: ports\n\nNo ship may leave", "verbatim I ¶1"),
        ("No ship may (p. 7) leave\n12\nthe harbour at night", "verbatim I ¶1"),
        ("Shipmay leave theharbour at nig ht", "verbatim I ¶1"),
        ("Any ship may leave the har bour", "altered I ¶1"),
        ("the harbourmaster with three", "verbatim I ¶2"),
        ("No ship may leave the harbour, according to the document.", "verbatim I ¶1"),
        ("No ship may leave “the harbour at night.3”", "verbatim I ¶1"),
        ("no berths & none of them will be free", "altered I ¶1"),
        ("60 percent more berths, & none of them", "verbatim I ¶1"),
        ("No ship *** at night [--] 60 percent", ", ".join(["verbatim I ¶1"] * 3)),
        ("the harbour will have\n60\npercent more\nberths", "verbatim I ¶1"),
        ("No ship may (sic) leave. (Harbour Daily)\n\nSource: Port", "verbatim I ¶1"),
        ("No ship (ibid.).\n\nApple trees (p. 12)", "verbatim I ¶1, verbatim II.1 ¶1"),
        ("counts ~1,500 ships a year", "altered I ¶1"),
        ("(1/2) No ship may leave the harbour at night. 1/2", "verbatim I ¶1"),
        ("No ship may leave the harbour. Full text: https://e.org/a", "verbatim I ¶1"),
        # Templates of a wiki, LaTeX, subtitles, transcripts, tables.
        ("{{quote|text=No ship may leave|author=Port|2017}}", "verbatim I ¶1"),
        ("{{quote|A ship may leave the harbour|Port}}", "altered I ¶1"),
        ("No ship may leave {{only}} the harbour", "altered I ¶1"),
        # The last word of a template is text, unless it makes a note.
        ("A captain who does {{em|always}} not pays a fine", "altered I ¶2"),
        ("No ship {{lang|en|always|x=1}} may leave", "altered I ¶1"),
        ("No ship may {{em|1=never}} leave the harbour", "altered I ¶1"),
        ("No ship may {{em|{{strong|never}}}} leave the harbour", "altered I ¶1"),
        ("the harbour will have {{nowrap|60}} percent more berths", "verbatim I ¶1"),
        ("No ship may {{dubious|discuss}} leave the harbour", "verbatim I ¶1"),
        ("A captain who does {{strike|not}} pay is welcome", "altered I ¶2"),
        ("No ship{{sfn|Lind|1901}} may leave{{efn|Or not}} the harbour", "verbatim I ¶1"),
        # LaTeX has quotation marks of its own, and notes within notes.
        ("Its \\enquote{at dawn} \\parencite[cf.][12]{x} is old", "verbatim II.1 ¶1"),
        ("\\enquote{No ship may leave}\\footnote{\\textcite{x}, p.~4.}", "verbatim I ¶1"),
        ("\\epigraph{No ship may leave.}{Port Office, 2017}", "verbatim I ¶1"),
        ("\\blockquote{No ship must leave.} So it is.", "altered I ¶1"),
        ("\\blockquote[{\\cite[4]{x}}]{No ship may leave.} So it is.", "verbatim I ¶1"),
        ("#+BEGIN_QUOTE\nNo ship may leave.\n#+END_QUOTE\nSo it is.", "verbatim I ¶1"),
        ('No [[sea|ship]] may leave.<ref name="a">Law 9</ref>{{cn|date=May}}', "verbatim I ¶1"),
        ("\\begin{quote}\nNo \\emph{ship} may leave.\\cite[3]{a}\n\\end{quote}", "verbatim I ¶1"),
        ("Every captain \\emph{never} greets the harbour-master", "altered I ¶2"),
        ("No ship \\ldots{} at night", "verbatim I ¶1, verbatim I ¶1"),
        (
            "1\n00:01,000 --> 00:02,500\nNo ship may\n\n2\n00:03,000 --> 00:04,000\nleave",
            "verbatim I ¶1",
        ),
        ("[00:01] No ship may\n[00:04] leave the harbour", "verbatim I ¶1"),
        ("WEBVTT\n\n00:01.000 --> 00:04.000\n<v Li>No ship may leave</v>", "verbatim I ¶1"),
        ("Q: Why?\nMR. LIND: No ship may leave", "verbatim I ¶1"),
        (
            "Q: Why?\nA: “at dawn”\n**Q: Do ships pay?**\nA: “No ship”",
            "verbatim II.1 ¶1, verbatim I ¶1",
        ),
        ("No ship may leave\nNO SHIP: NOT ONE MAY LEAVE THE HARBOUR", "altered I ¶1"),
        ("1\tat dawn\n2\tNo ship may leave", "verbatim II.1 ¶1, verbatim I ¶1"),
        # Names before what they say, and short cells of tables.
        ("Rule: Why may no ship leave?", "altered I ¶1"),
        ("Host: Why at night?\nGuest: No ship may leave\nHost: Thank you.", "verbatim I ¶1"),
        ("At Sea: No ship may leave\nOn Land: watered at dawn", "verbatim I ¶1, verbatim II.1 ¶1"),
        ("|No.|Rule|\n|--|--|\n|I|no ship must leave the harbour at night|yes|", "altered I ¶1"),
        ("Rule\tIs it?\nSea\tNo ship may leave the harbour at night\tYes", "verbatim I ¶1"),
        (
            "No ship may leave the harbour at night\tApple trees are planted in rows, four\tin May",
            "verbatim I ¶1, altered II.1 ¶1",
        ),
        ("No ship may leave.[^1]\n\n[^1]: Port Law 9", "verbatim I ¶1"),
        ("No ship may leave the harbour. Copyright 2017 Port", "verbatim I ¶1"),
        ("No ship may leave pic.twitter.com/aB1", "verbatim I ¶1"),
        # Several paragraphs, several quotations.
        (f"{HARBOUR[0]} {HARBOUR[1]}", "verbatim I ¶1, verbatim I ¶2"),
        ("watered at dawn.\nApple trees are planted", "verbatim II.1 ¶1, verbatim II.1 ¶1"),
        ("“at dawn”\n\n“No sail may leave”\n\nNothing", "verbatim II.1 ¶1, altered I ¶1"),
        ("At dawn\n\nNo sail may leave\n\nNothing", "verbatim II.1 ¶1, altered I ¶1, absent"),
        ("which keeps the wind from … four metres apart", "verbatim II.1 ¶2, altered II.1 ¶1"),
        # Words changed, left out, put in, moved.
        ("Ship may not leave the harbour at night", "altered I ¶1"),
        ("The harbour-master of Kellport counts 1,600 ships", "altered I ¶1"),
        ("The harbour-master of Kellport counts 15,00 ships", "altered I ¶1"),
        ("pays a fine of €5 to the fund for widows", "altered I ¶2"),
        ("pays a fine of -5 to the fund for widows", "altered I ¶2"),
        ("60 percent more berths, and all of them will be free", "altered I ¶1"),
        ("In dry summers they are watered at dawn. Apple trees are planted", "altered II.1 ¶1"),
        # One sentence made of two places.
        (
            "No ship may leave the harbour at night to the fund for widows which Anna Lind set up",
            "verbatim I ¶1, altered I ¶2",
        ),
        # Brackets and ellipses hide no "not", and exchange no name or number.
        ("A captain who [always] pays a fine of $5 to the fund", "altered I ¶2"),
        ("A captain who does … pays a fine of $5 to the fund", "verbatim I ¶2, altered I ¶2"),
        ("Every captain greets … pays a fine of $5 to", "verbatim I ¶2, altered I ¶2"),
        ("which [Berta] Lind set up in 1901", "altered I ¶2"),
        ("Apple tree[s] are build[ing] in rows", "altered II.1 ¶1"),
        ("which Anna Lind set up in [1902]", "altered I ¶2"),
        ("which [she] set up in 1901", "verbatim I ¶2"),
        # Nothing like it.
        ("Grass grows on the roofs of the long houses by the fjord.", "absent"),
        ("[it]", "absent"),
        ("ate free", "absent"),
        ("", ""),
        ("… [...] “”", ""),
    ],
)
def test_verdict_and_place(index: Index, quotation: str, expected: str) -> None:
    assert told(quotation, index) == expected


@pytest.mark.parametrize(
    ("quotation", "changes"),
    [
        (
            "No ship should leave the harbour",
            [("equal", "No ship", "No ship"), ("replace", "should", "may"), ...],
        ),
        ("No ship may leave at night", [..., ("delete", "", "the harbour"), ...]),
        ("No big ship may leave", [("equal", "No", "No"), ("insert", "big", ""), ...]),
        ("leave the harbour at noon", [..., ("replace", "noon", "night")]),
        ("A ship may leave the harbour", [("replace", "A", "No"), ...]),
        ("have 60 percent berths", [..., ("delete", "", "more"), ...]),
        (
            "Every captain greets the harbour-master. The fund for widows, which Anna Lind set up",
            [..., ("delete", "", HARBOUR[1][40:114]), ...],
        ),
        ("counts 1,500 ships a long month", [..., ("replace", "long month", "year")]),
        ("counts 1,500 ships a year now", [..., ("insert", "now", "")]),
        ("To the fund for widows. Li Wei", [..., ("insert", "Li Wei", "")]),
        ("of [the city] counts 1,500 ships", [..., ("replace", "[the city]", "Kellport"), ...]),
        (
            "a year: no ship will leave",
            [("equal", "a year: no ship", "a year. No ship"), ("replace", "will", "may"), ...],
        ),
    ],
)
def test_word_for_word(index: Index, quotation: str, changes: list[object]) -> None:
    (part,) = check(quotation, index)
    for change, expected in zip(part.changes, changes, strict=True):
        assert expected in (..., (change.op, change.quoted, change.source))


@pytest.mark.parametrize(
    ("quotation", "touched"),
    [
        ("A ship may leave the harbour at night", {"negation"}),
        ("In dry summers they are unwatered at dawn", {"negation"}),
        ("In the nondry summers they are watered", {"negation"}),
        ("the harbour-master with [n]ever three blasts", {"negation"}),
        ("No ship may leave the harbour [except boats] at night", {"negation"}),
        ("greets the harbour-master with 3 blasts", set()),
        ("No ship may not leave the harbour at night", {"negation"}),
        ("will have 70 percent more berths", {"number"}),
        ("greets the harbour-master with two blasts", {"number"}),
        ("which Berta Lind set up in 1901", {"name"}),
        ("The harbour-master of Lindport counts 1,600 ships", {"name", "number"}),
        ("Cherry trees are planted in rows", set()),
        ("which Annas Lind set up in 1901", set()),
        ("Every captain greets one harbour-master with three blasts", set()),
        ("counts one thousand five hundred ships a year", {"number"}),
        ("No ship must leave the harbour at night", {"modal verb"}),
        ("Some captains greet the harbour-master with three blasts", {"quantity"}),
        ("will have 60 percent fewer berths", {"quantity"}),
        ("No Boat May Leave The Harbour", set()),
        ("Every captain greets the harbour-master. To the fund for widows, which Anna Lind", set()),
    ],
)
def test_what_changes_what_is_said_is_pointed_out(
    index: Index, quotation: str, touched: set[str]
) -> None:
    (part,) = check(quotation, index)
    assert {each for change in part.changes for each in change.touches} == touched


def test_a_name_in_british_spelling_is_the_same_name() -> None:
    text = ("The ships of the Port Organization sail.",)
    (part,) = check(
        "the ships of the Port Organisation sail",
        index_in_memory((document_of("ports", {("I", "I. Ports"): text}),)),
    )
    assert (part.verdict, part.important) == ("altered", ())


@pytest.mark.parametrize(
    ("quotation", "differences"),
    [
        ("No ship may leave the harbour at night.", ()),
        ("no ship MAY leave", ("letter case",)),
        ("harbour–master  of Kellport", ("dashes", "spaces")),
        ("har\u00adbour-master of Kellport", ("invisible characters",)),
        ("a year; no ship may", ("letter case", "punctuation")),
        ("counts … 1,500 ships", ()),
        ("No <b>ship may</b> leave [emphasis added] the harbour", ()),
        ("No [s]hip may leave the harbour", ()),
        ("a ﬁne of $5", ()),  # a ligature, as PDFs have it
    ],
)
def test_what_differs_besides_the_words(
    index: Index, quotation: str, differences: tuple[str, ...]
) -> None:
    (part,) = check(quotation, index)
    assert (part.verdict, part.differences) == ("verbatim", differences)


@pytest.mark.parametrize(
    ("behind", "agrees"),
    [
        (" (I ¶1)", True),
        (", I, para. 1", True),
        (" (II.1, para. 3)", False),
        (" [section I, paragraph 1]", True),
        (" (para. 1 of section I)", True),
        (" – Harbours, 2017, para. 1 of II.1", False),
        (" (I)", True),
        (" (I/1)", True),
        (" — Harbours, I ¶2", False),
        (" (see I ¶1).", True),
        (" https://example.org/harbours/p/harbours-1", True),
        ("\nhttps://example.org/harbours/p/harbours-2?q=ship#:~:text=no", False),
        (" https://example.org/harbours/I/1 (accessed 27 November 2026).", True),
        (". Harbours (11 January 2017), I, para. 1, accessed January 12, 2017, www.x.org/a.", True),
        (" Kellport’s (I ¶2)", False),
        (" (Harbours, I, para. 1; accessed 3 May 2020)", True),
        (" (I ¶1, emphasis added)", True),
        (" — Harbours (2017), I", True),
        (". Source: Harbours, January 2017, section I", True),
        (" (part I)", True),
        (" (pt. VI).", False),
        (" (Conclusion)", False),
        (" (I.1)", True),
        (" (I.2)", False),
        (" (I ¶1; cf. I ¶2)", True),
        (" ([Port News](https://www.example.org/news/2.htm#comments))", None),
        (" (in part)", None),
        ("[ii]", None),
        (" (State Council, 2017)", None),
        (" Kellport's (2017)", None),
        (" — Anna Lind (1901), p. 2", None),
        ("\n— *Anna Lind*, **Harbour Office**", None),
        (" (Harbours [HMO], 2017, p. 3)", None),
        ("\n\n[1] Harbours, 2017", None),
        (" Harbours, released on 11 January 2017", None),
        (". Harbours, 2017", None),
        (" (Harbours, 2017: 5)", None),
        (". Kellport, “Harbours,” Harbour Daily, January 11, 2017.", None),
        (" (“Harbours”, 2017, available at: https://a.org/b.htm, accessed: 5 June 2019).", None),
    ],
)
def test_what_stands_behind_is_no_part_of_it(
    index: Index, behind: str, agrees: bool | None
) -> None:
    (part,) = check(f"“No ship may leave the harbour at night”{behind}", index)
    assert (part.verdict, part.text) == ("verbatim", "No ship may leave the harbour at night")
    assert (None if part.named is None else not part.elsewhere) is agrees


def test_each_quotation_has_its_own_citation(index: Index) -> None:
    parts = check("No ship may leave (I ¶1) four metres apart (I ¶2)\n\nat dawn", index)
    assert [part.elsewhere for part in parts] == [False, True, False]
    assert [part.named and part.named.text for part in parts] == ["I ¶1", "I ¶2", None]
    ahead = "[I ¶1] https://a.org/harbours/p/harbours-1\nNo ship\n\nI ¶1: four metres apart\n\n"
    parts = check(f"{ahead}“at dawn” (II.1 ¶1)\n\nSee II.1 ¶2: “The region”", index)
    assert [part.elsewhere for part in parts] == [False, True, False, False]


@pytest.mark.parametrize("mark", [": ", " — ", ":\n"])
def test_a_place_before_a_quotation_is_of_that_one(index: Index, mark: str) -> None:
    quoted = ("“No ship may leave the harbour”", "“an old wall”", "“at dawn”")
    places = ("I ¶1", "II.1 ¶2", "I ¶2")
    lines = [place + mark + words for place, words in zip(places, quoted, strict=True)]
    assert [part.elsewhere for part in check("\n".join(lines), index)] == [False, False, True]


def test_a_section_in_brackets_is_cited_at_the_end_of_each_line(index: Index) -> None:
    first, second = check("“No ship” (Section II)\n“at dawn” (Section II)", index)
    assert (first.elsewhere, second.elsewhere) == (True, False)


@pytest.mark.parametrize("cited", ["(I ¶1)", "(Anna Lind, 1901)", "– Anna Lind, 1901"])
def test_words_beside_the_marks_of_each_quotation_are_one_s_own(index: Index, cited: str) -> None:
    text = f"The law: “No ship may leave the harbour at night” {cited}\n\n“at dawn” (II.1 ¶1)"
    law, dawn = check(text, index)
    assert (law.verdict, law.text) == ("verbatim", "No ship may leave the harbour at night")
    assert (dawn.verdict, dawn.text, dawn.elsewhere) == ("verbatim", "at dawn", False)


def test_a_copied_quotation_is_of_the_place_that_it_cites(index: Index) -> None:
    behind = "Harbours, 11 January 2017, I, para. 1, https://a.org/harbours/p/harbours-1#:~:text=No"
    source = "(source: https://www.example.org/china/2017-01/11/content_2.htm)"
    (part,) = check(f"“No ship may leave the harbour at night” {behind} {source}.", index)
    assert (part.verdict, part.notes) == ("verbatim", ())
    assert part.named is not None
    assert part.named.text == "I, para. 1"


def test_of_two_places_with_the_same_words_the_one_named_is_taken() -> None:
    twice = index_in_memory((document_of("twice", {("I", "I"): ("So it is.", "So it is.")}),))
    assert told("So it is.", twice) == "verbatim I ¶1"
    assert told("So it is. (I ¶2)", twice) == "verbatim I ¶2"


LAST = "The end is near now."
OLD = replace(document_of("rules", {("I", "I"): (HARBOUR[0], ORCHARD[0], LAST)}), edition=2)
CHANGED = HARBOUR[0].replace("at night", "at noon")
NEW = replace(document_of("rules", {("I", "I"): (CHANGED, ORCHARD[0])}), edition=3)
FIRST = replace(document_of("rules", {("I", "I"): (LAST, HARBOUR[1])}), edition=1)


def _read(_: str, number: int) -> Document:
    return {1: FIRST, 2: OLD}[number]


def test_what_only_older_editions_have() -> None:
    older, first = former_index((NEW,), _read).documents
    assert [paragraph.text for paragraph in older.paragraphs] == [HARBOUR[0], LAST]
    assert [paragraph.text for paragraph in first.paragraphs] == [HARBOUR[1]]
    assert (older.edition, first.edition) == (2, 1)


@pytest.mark.parametrize(
    ("quotation", "now", "found"),
    [
        ("No ship may leave the harbour at night", "altered", ("verbatim", 2)),
        (LAST, "absent", ("verbatim", 2)),
        ("The end is not near now.", "absent", ("altered", 2)),
        ("No ship may leave the harbour at dusk", "altered", ("altered", None)),
        ("No ship may leave the harbour at noon", "verbatim", ("verbatim", None)),
    ],
)
def test_older_editions_are_searched(
    quotation: str, now: str, found: tuple[str, int | None]
) -> None:
    former = former_index((NEW,), _read)
    current = index_in_memory((NEW,))
    assert verdict(check(quotation, current)) == now
    (part,) = check(quotation, current, lambda: former)
    assert (part.verdict, part.place and part.place.edition) == found


def test_json(index: Index) -> None:
    text = "No ship may leave … of the fjord by the long houses on the grassy roofs"
    found = answer(text, check(text, index), index.documents)
    assert (found["quote"], found["verdict"]) == (text, "absent")
    parts = found["parts"]
    assert isinstance(parts, list)
    there, absent = parts
    assert list(there.items())[:9] == [
        ("text", "No ship may leave"),
        ("verdict", "verbatim"),
        ("id", "harbours-1"),
        ("document", "harbours"),
        ("citation", "I ¶1"),
        ("url", "/harbours/p/harbours-1"),
        ("start", HARBOUR[0].index("No ship")),
        ("stop", HARBOUR[0].index(" the harbour at night")),
        ("found", "No ship may leave"),
    ]
    assert [*absent.values()][2:10] == [*[None] * 7, []]


@pytest.mark.parametrize(
    ("quotation", "note"),
    [
        (
            f"{HARBOUR[1][:39]} to the fund for widows",
            "Words are left out here: mark the gap with an ellipsis.",
        ),
        (
            "No ship may leave the harbour at night. Every captain greets the harbour-master",
            "In the text, these words do not follow those quoted before them.",
        ),
        (
            "No ship may leave. Every captain greets the harbour-master",
            "In the text, these words do not follow those quoted before them.",
        ),
        (
            "A captain who does not:\n- greets the harbour-master",
            "In the text, these words do not follow those quoted before them.",
        ),
        (
            "No ship may leave the harbour at night. Kellport counts 1,500 ships",
            "“Kellport counts 1,500 ships” appears elsewhere in the paragraph.",
        ),
        ("No ship may [it] the harbour", "“[it]” was added by an editor: the text has “leave”."),
        ("“ship may leave the harbour”", "In the text, “No” comes right before these words."),
        (
            "A captain who … the fund for widows",
            "The omitted words contain a negation: “does not pays a fine of $5 to”.",
        ),
        ("“may leave the harbour”", "In the text, “No ship” comes right before these words."),
        (
            "No ship may [ever] leave",
            "“[ever]” was added by an editor: the text has nothing there.",
        ),
        (
            "No ship may leave [Kellport]",
            "“[Kellport]” was added by an editor: the text goes on with “the”.",
        ),
    ],
)
def test_notes(index: Index, quotation: str, note: str) -> None:
    assert check(quotation, index)[-1].notes[-1] == note


@pytest.mark.parametrize(
    ("quotation", "fused"),
    [
        ("Every captain … set up in 1901", True),
        ("No ship may leave the harbour … three blasts of the horn", True),
        ("Every captain greets … with three blasts", False),
        ("Every captain greets the harbour-master … of the horn. … Anna Lind set up", False),
        ("with three blasts of the horn … A captain who does not pays", False),
    ],
)
def test_an_ellipsis_between_sentences_is_pointed_out(
    index: Index, quotation: str, fused: bool
) -> None:
    sentence = "The ellipsis joins two separate sentences of the text into one."
    assert (sentence in check(quotation, index)[-1].important) is fused


def test_a_limit_left_out_is_a_change_of_quantity(paper: Index) -> None:
    found = check("China has acceded to … all inter-governmental international bodies", paper)
    assert found[-1].important == ("This changes a quantity: “almost” is left out.",)


def test_an_ellipsis_between_clauses_is_pointed_out(paper: Index) -> None:
    assert check("The nuclear issue on the Korean Peninsula … remains slow", paper)[-1].important
    assert not check("The nuclear issue … is complex and sensitive", paper)[-1].important


@pytest.mark.parametrize(
    ("pasted", "outside"),
    [
        ("No ship may leave the harbour at night - Kings Excluded", ["Kings Excluded"]),
        (
            "The mayor wrote: “No ship may leave the harbour” and “A captain who does not”.",
            ["The mayor wrote"],
        ),
        (
            "“No ship may leave”, “A captain who does not” (Port Gazette, 1901)",
            ["Port Gazette, 1901"],
        ),
        ("No ship may leave the harbour at night &#128512;", []),
        ("“No ship may leave” (but it never was so, I ¶1)", ["but it never was so"]),
        ("“No ship may leave” (see also I ¶1)", []),
        ("“No ship” 不 “may leave”", ["不"]),
        ("No ship may {{always}} leave the harbour", ["{{always}}"]),
        ("1954: No ship may leave the harbour", ["1954"]),
        ("“No ship may leave.”1 “has an old wall”\n\n1 Li Wei, 2017.", ["1 Li Wei, 2017"]),
        # The head of a printed page within them.
        (
            "No ship may leave the\n1/11/17, 3:04 PM I. Ships | News.example.com\nharbour at night",
            [],
        ),
        ("No ship may leave the\n7 | White Paper\nharbour at night", []),
        ("No: “No ship may leave the harbour”", ["No"]),
        ("No ship may leave the harbour ([Port News](https://e.org/a))", ["Port News"]),
        ("No ship may leave the harbour [1](https://e.org/a)", []),
        ("No ship may leave<sup><a href='#n'>[1]</a></sup> the harbour.<sup>2</sup>", []),
        # What was read, and marks, are not shown.
        ("(1) <p>“No ship&nbsp;may leave the harbour”</p> [2]", []),
        ("No ship may leave the harbour (I ¶1)", []),
    ],
)
def test_words_outside_quotations_are_shown(index: Index, pasted: str, outside: list[str]) -> None:
    parts = check(pasted, index)
    notes = [note for part in parts for note in part.notes if note.startswith("Outside")]
    assert verdict(parts) == "verbatim"
    assert notes == [f"Outside the quotation, and not checked: “{each}”." for each in outside]


def test_a_near_passage_is_offered(index: Index) -> None:
    (part,) = check("Any boat may leave the harbour when it wants to, by day or at night", index)
    assert (part.verdict, part.nearest and part.nearest.paragraph.id) == ("absent", "harbours-1")
    (part,) = check("Grass grows on the roofs of the long houses by the fjord.", index)
    assert part.nearest is None


def test_a_title_and_a_heading_are_told(paper: Index) -> None:
    (title,) = check("China's Policies on Asia-Pacific Security Cooperation", paper)
    (heading,) = check("Improving the Regional Security Framework", paper)
    assert title.notes == ("This is the title of the text.",)
    assert heading.notes == ("This is the heading of II.2.",)
    for text, note in (
        ("Section “Improving the Regional Security Framework” says so.", "heading of II.2"),
        ("China's Positions and Views on Regional Hotspot Issues", "in the table of contents"),
    ):
        assert note in check(text, paper)[0].notes[0]


def test_a_non_before_the_first_word_is_left_out(paper: Index) -> None:
    (part,) = check("Traditional security threats such as terrorism", paper)
    assert (part.verdict, part.changes[0].touches) == ("altered", ("negation",))


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        ("“in the world”\n\nGrass grows on the roofs of houses", "verbatim Preface ¶1, absent"),
        ("We should … allow old problems to hamper", "verbatim I ¶13, altered I ¶13"),
        ("to pursue … alliances", "verbatim I ¶5, altered I ¶5"),
        ("rules should be … being dictated by", "verbatim I ¶9, altered I ¶9"),
        ("between China and [ASEAN] as well as in Asia", "verbatim I ¶6"),
        ("the [SCO], Six-Party Talks, Xiangshan Forum", "verbatim I ¶8"),
        ("the establishment of the [AIIB] and the Silk Road Fund", "verbatim I ¶4"),
        ("between China and [NATO] as well as in Asia", "altered I ¶6"),
        ("[Washington] is committed to promoting peace and stability", "altered Preface ¶2"),
        ("[It] is committed to promoting peace and stability", "verbatim Preface ¶2"),
        ("[President Xi] called for a concept of common", "verbatim II.1 ¶1"),
        ("[President Li] called for a concept of common", "altered II.1 ¶1"),
        # Of the places that have the words, that of what is beside, or behind what is before.
        ("This commitment … Cold War mentality", "verbatim I ¶14, verbatim II ¶1"),
        (
            "China … should be decided by all the countries in the region",
            "verbatim Preface ¶2, altered II.2 ¶3",
        ),
        # Two quotations, two sentences, and two lines are not one sentence.
        ("“Cold War mentality” … “absolute security”", "verbatim I ¶5, verbatim II.1 ¶2"),
        ("promoting peace. … Small and medium-sized", "verbatim Preface ¶2, verbatim I ¶5"),
        ("promoting peace [...]\n[...] need not and should", "verbatim Preface ¶2, verbatim I ¶5"),
        # Words around a quotation are none of it.
        ("I highlight “China is committed to promoting peace” on page 4.", "verbatim Preface ¶2"),
        ("Highlight on page 7: “China is committed to promoting peace”", "verbatim Preface ¶2"),
        # The last quotation is cut off.
        (
            "“China is committed to promoting peace.” It adds: “It follows the path of hostile",
            "verbatim Preface ¶2, altered Preface ¶2",
        ),
        (
            "dialogue instead of confrontation ... and build an Asia-Pacific partnership",
            "verbatim I ¶5, verbatim I ¶5",
        ),
        ("China’ s armed forces provide security", "verbatim I ¶11"),
        ("China\ufffds armed forces provide security", "verbatim I ¶11"),
        # Marks that were misread; and a last word that an ellipsis cuts.
        ("Chinaâ€™s armed forces provide security", "verbatim I ¶11"),
        ("It says â€œThis commitment remains unchangedâ€\x9d.", "verbatim I ¶14"),
        (f"“{SIDES[:-8]}… https://e.org/a", "verbatim I ¶5"),
        (f"“{SIDES[:-10]}bullies…”", "altered I ¶5"),
        ("2. Improving the Regional Security Framework", "absent"),
        ("the establishment of the [AIIB]", "verbatim I ¶4"),
        ("the establishment of the [NATO]", "altered I ¶4"),
        ("effectively implement the [Declaration on the Conduct]", "verbatim I ¶10"),
        ("It will be … cannot be completed", "verbatim II.2 ¶4, verbatim II.2 ¶4"),
        ("which can not be completed overnight", "verbatim II.2 ¶4"),
        (f"[{SIDES}]", "verbatim I ¶5"),
        (f"{SIDES[:-1]}【4†source】.", "verbatim I ¶5"),
        ("We should [snip] allow old problems", "verbatim I ¶13, altered I ¶13"),
        ("𝗧𝗵𝗶𝘀 commitment remains unchanged", "verbatim I ¶14"),
        (f"{SIDES[:32]} [1](https://e.org){SIDES[32:]}", "verbatim I ¶5"),
        ("¶ 14. This commitment remains unchanged", "verbatim I ¶14"),
        (f"> Li wrote:\n>> {SIDES}\nSo they say", "verbatim I ¶5"),
        # What a page or a manual puts below the words, and above.
        (f"{SIDES}\nRetrieved 2 May 2023 from https://e.org", "verbatim I ¶5"),
        (f"{SIDES} Accessed 2 May 2023.", "verbatim I ¶5"),
        (f"Updated: Jan 11, 2017\n{SIDES}", "verbatim I ¶5"),
        ("This commitment remains unchanged.(3)", "verbatim I ¶14"),
        (f"{SIDES[:32]}\np. 7\n{SIDES[32:]}", "verbatim I ¶5"),
        (f"“{SIDES[:-1]}” (“White Paper” 9). This is at odds with others.", "verbatim I ¶5"),
        (f"“{SIDES[:-1]}” (SCIO, “China’s Policies,” 2017). It is so.", "verbatim I ¶5"),
        (f"1.1 {SIDES}\n1.2 This commitment remains", "altered I ¶5, altered I ¶14"),  # no note
        (f"Page 5 of 28\n{SIDES}\n- 5 -", "verbatim I ¶5"),
        (f"{SIDES[:32]}\n-- 6 of 28 --\n{SIDES[32:]}\np. 6", "verbatim I ¶5"),
        (f"January 2017\n{SIDES}\nState Council Information Office 7", "verbatim I ¶5"),
        (f"{SIDES}\nDownloaded from e.org on 3 May 2019", "verbatim I ¶5"),
        ("China initiated the Five Principles of Peaceful Coexistence in\n1955", "altered I ¶10"),
        (f"{SIDES[:-1]}\nv", "altered I ¶5"),
        # The paragraphs of a writer, beside quotation marks of any kind.
        (f"By Jane Doe\n\n“{SIDES}” it says.\n\nHe left.", "verbatim I ¶5"),
        (f"“{SIDES}”\n\nThe paper says that every ship is at war.", "verbatim I ¶5, absent"),
        (f"It says:\n\n> {SIDES}\n\nI disagree with that.", "verbatim I ¶5"),
        ("He called it a “long and difficult process”.\n\nHe left.", "altered II.2 ¶4"),
        # Words that are struck, or only in the source of a page, are not quoted.
        ("“We should ~~not~~ allow old problems to hamper”", "altered I ¶13"),
        ("“We should <s>not</s> allow old problems to hamper”", "altered I ¶13"),
        ("“We should <!-- not --> allow old problems to hamper”", "altered I ¶13"),
        ("“We should \\st{not} allow old problems to hamper”", "altered I ¶13"),
        ("“We should ~~always~~ not allow old problems to hamper”", "verbatim I ¶13"),
        ("~~This commitment remains unchanged.~~", "verbatim I ¶14"),
        # The number of a note behind marks.
        ("It says ‘This commitment remains unchanged’¹ but sails.", "verbatim I ¶14"),
        (
            f"« This commitment remains unchanged »¹ et « {SIDES} »²",
            "verbatim I ¶14, verbatim I ¶5",
        ),
        # A writer's words that are like the text; but a change that they make in it is told.
        ("Small countries should “take sides among big countries”.", "altered I ¶5"),
        ("Small countries can “take sides among big countries”.", "altered I ¶5"),
        ("The nuclear issue on the Indian Peninsula is “complex and sensitive”.", "altered I ¶1"),
        ("Nearly 90 percent of “the world's population” live there", "altered Preface ¶1"),
        ("China isn't committed “to promoting peace and stability”", "altered Preface ¶2"),
        ("China’s no longer “committed to promoting peace and stability”", "altered Preface ¶2"),
        ("China is not really “committed to promoting peace and stability”", "altered Preface ¶2"),
        ("It does not intend to “shoulder greater responsibilities for regional”", "altered I ¶8"),
        ("Hotspot issues and disputes are barely “under control”", "altered I ¶1"),
        ("China would “shoulder greater responsibilities”, it says.", "verbatim I ¶8"),
        ("It isn’t about a “zero-sum game”.", "verbatim II ¶1"),
        ("It does not say which “certain country seeks to shake off”.", "verbatim I ¶1"),
        ("The paper says: China will “shoulder” fewer responsibilities", "altered I ¶8"),
        ("The paper says that weapons address “differences”.", "absent"),
        ('The nuclear issue on the Korean Peninsula as "complex and sensitive".', "verbatim I ¶1"),
        (
            "The issue on the Korean Peninsula is “complex and sensitive”, a truism.",
            "verbatim I ¶1",
        ),
        ("It says: “In line with ‘this commitment remains unchanged’ we sail.”", "altered I ¶14"),
        (
            "The paper says: “Our promise that ‘this commitment remains unchanged’.”",
            "altered I ¶14",
        ),
        ("“The promise of ‘treating each other as equals’ ended,” the paper says.", "altered I ¶5"),
        # A copy, and the words that lead over from it; a title above quotations.
        (
            f"> {SIDES}\n> It adds “This commitment remains unchanged”",
            "verbatim I ¶5, verbatim I ¶14",
        ),
        ("Key quotes\n\n• This commitment remains unchanged.", "verbatim I ¶14"),
        # The pager of a page; but an item of a list is a quotation.
        ("This commitment remains unchanged.\n\n1 2 3 >", "verbatim I ¶14"),
        ("This commitment remains unchanged.\n\n95%", "verbatim I ¶14, absent"),
        ("All ships sail\n\nThis commitment remains unchanged.", "absent, verbatim I ¶14"),
        ("This commitment remains unchanged.\n\nAll ships sail", "verbatim I ¶14, absent"),
        # A letter about a quotation: greetings and questions.
        (f"Hi all\n\nIs this right?\n\n{SIDES}\n\nMany thanks\nDr. H. Weber", "verbatim I ¶5"),
        (f"{SIDES}\n\nThanks to ships, all is well", "verbatim I ¶5, absent"),
        (f"Is it true that {SIDES}", "verbatim I ¶5"),
        (f"Hi, is this right? {SIDES} Thank you so much!", "verbatim I ¶5"),
        ("Please check this. This commitment remains changed. Is it so?", "altered I ¶14"),
        ("Do all agree? “Is it so? This commitment remains unchanged.”", "altered I ¶14"),
        ("‘This commitment remains’.[^3]\n\n[^3]: Li, ‘Law’ (White Paper) I.", "verbatim I ¶14"),
        (
            "Li said, “It says ‘this commitment’ is ‘unchanged’, and we agree.”",
            "verbatim I ¶14, verbatim I ¶14",
        ),
        (
            f"# Key messages\n\n1. {SIDES}\n2. This commitment remains",
            "verbatim I ¶5, verbatim I ¶14",
        ),
        (f"**On sides**\n{SIDES}", "absent, verbatim I ¶5"),
        (f"What the paper says 👇\n\n1/ “{SIDES}”", "verbatim I ¶5"),
        # A letter as it is sent, with marks in code and lines cut.
        (
            "In its white paper, it says =E2=80=9Cthis commit=\nment remains unchanged=E2=80=9D.",
            "verbatim I ¶14",
        ),
        ("This commitment =20\nremains unchanged.", "altered I ¶14"),  # no line is cut so early
        # Lines with numbers; but numbers that do not count them are words.
        ("11 This commitment\n12 remains\n13 unchanged.", "verbatim I ¶14"),
        (f"11 {SIDES[:32]}\n12 {SIDES[32:48]}\n14 {SIDES[48:]}", "altered I ¶5"),
        ("<section><p>This commitment</p><o:p></o:p></section>", "verbatim I ¶14"),
        (f"{SIDES[:32]} <never>{SIDES[32:]}", "altered I ¶5"),
        ("<p>This commitment remains unchanged.<br>&mdash; White Paper</p>", "verbatim I ¶14"),
        ("> [!quote] Li\n> This commitment remains unchanged.", "verbatim I ¶14"),
        ("> [!quote] This commitment remains changed.", "altered I ¶14"),
        # A copy before marks; words before a colon that are the text's own.
        (f"{SIDES} “This commitment remains unchanged.”", "verbatim I ¶5, verbatim I ¶14"),
        (
            "China is committed to promoting war in this region: it follows the path of peaceful",
            "altered Preface ¶2",
        ),
        ("Ships are here\n• This commitment remains unchanged.", "absent, verbatim I ¶14"),
        ("1. All ships sail\n2. This commitment remains unchanged.", "absent, verbatim I ¶14"),
        ("• All ships sail\n• This commitment remains unchanged.", "absent, verbatim I ¶14"),
        ("All ships sail.\n\nThis commitment remains unchanged.", "absent, verbatim I ¶14"),
        ("“All ships sail”\n\nThis commitment remains unchanged.", "absent, verbatim I ¶14"),
        (f"What does the paper say about it?\n“{SIDES}”", "verbatim I ¶5"),
        # No format hides a word, and no title is left out of a sentence.
        (f"{SIDES[:32]} 【never】{SIDES[32:]}", "altered I ¶5"),
        (f"{SIDES[:32]} [1](never){SIDES[32:]}", "altered I ¶5"),
        (f"{SIDES[:32]} <b never>{SIDES[32:]}", "altered I ¶5"),
        (f"{TITLE} has increasingly caught people's attention.", "altered Preface ¶1"),
        (f"{SIDES} (I ¶5) [FALSE]", "verbatim I ¶5, absent"),  # brackets that name no place
        # Marks of the text's own.
        ('The paper says: "international rules," still less should', "verbatim I ¶9"),
        # Sentences that are apart in the text, in one quotation.
        (f"“{SIDES} This commitment remains unchanged.”", "verbatim I ¶5, altered I ¶14"),
        # A sentence that the writer interrupts.
        ('"Peace," it says, "will last."', "absent"),
        (
            '"We should," it says, "allow old problems to hamper regional development"',
            "altered I ¶13",
        ),
        ("“Regional hotspot issues and disputes are,” it says, “under control.”", "altered I ¶1"),
        ("“Military alliances,” according to the paper, “are increasing.”", "absent"),
        (
            '"China is committed," it says, "to promoting peace and stability"',
            "verbatim Preface ¶2, verbatim Preface ¶2",
        ),
        # A writer's own paragraphs; but what is like the text is a quotation, too.
        (f"“{SIDES}”\n\nThis is aimed at ships.", "verbatim I ¶5"),
        (f"“{SIDES}”\n\nSmall and medium-sized ships sail.", "verbatim I ¶5, altered I ¶5"),
        (f"“{SIDES}”\n\nThe Silk Road Fund and the Belt and Road serve all.", "verbatim I ¶5"),
        (f"“{SIDES}”\n\nMost rules of the sea were made before the war.", "verbatim I ¶5"),
        (f"“{SIDES}”\n\nThe paper says nothing about the rulings of 2016.", "verbatim I ¶5"),
        (
            f"“{SIDES}”\n\nLi knows that China has acceded to almost all inter-governmental "
            "international organizations and more than 300 international multilateral treaties so "
            "far, yet it keeps out of many courts, and out of many leagues.",
            "verbatim I ¶5, altered I ¶10, absent",
        ),
        # A word is not cut if this takes a negation from it.
        ("“to put in place such a framework, which can…”", "altered II.2 ¶4"),
        ("to put in place such a framework, which can...", "altered II.2 ¶4"),
        # An ellipsis that leaves out a limit.
        (
            "China has acceded to … all inter-governmental international organizations",
            "verbatim I ¶10, altered I ¶10",
        ),
        (
            "inter-governmental international organizations and […] 400 international treaties",
            "verbatim I ¶10, altered I ¶10",
        ),
        (
            "a vast area … 60 percent of the world's population",
            "verbatim Preface ¶1, verbatim Preface ¶1",
        ),
        # The front of the paper, as on the web.
        (
            f"govt.chinadaily.com.cn\n\n2017\n\n{TITLE}\n\nShare - WeChat\n\nJanuary 2017\n\nFirst "
            "Edition 2017\n\nContents\n\nPreface\n\nIII. China's Relations with Other Major "
            f"Asia-Pacific Countries\n\nConclusion\n\n{SIDES}\n\n1 2 3 >",
            "verbatim I ¶5",
        ),
        (f"{TITLE}\nJanuary 2017 · First Edition 2017\n\n{SIDES}", "verbatim I ¶5"),
        # A pattern that takes exponential time would never end.
        (f"{'1. Preface ' * 99}xyzzy\n\n{SIDES}", "absent, verbatim I ¶5"),
        (f"{SIDES}\n\nThis is aimed at ships.", "verbatim I ¶5, absent"),
        # Within one's own words; and a short end behind an ellipsis.
        ('China joined "more than 300 international multilateral treaties".', "altered I ¶10"),
        ('They "should take sides among big countries".', "altered I ¶5"),
        ("They wrote: no ports, they are held in May", "absent"),
        # Made up of its phrases.
        ("China is committed to peaceful reunification with Taiwan.", "absent"),
        ("China has indisputable sovereignty over the South China Sea.", "absent"),
        (
            'They "should respect the findings of the tribunal", and "peace comes first".',
            "absent, absent",
        ),
        ("Old security concepts [...] are [not] outdated", "verbatim II ¶1, altered II ¶1"),
        # A source behind them.
        (f"{SIDES}\n— China's white paper on Asia-Pacific security", "verbatim I ¶5"),
        (f"{SIDES}\n\n*{TITLE}*, Preface", "verbatim I ¶5"),
        (f"{SIDES} (*{TITLE}*, 2017)", "verbatim I ¶5"),
        (f"{SIDES[:-1]} (China's white paper, p. 5)", "verbatim I ¶5"),
        (f"{SIDES} (white paper, section I)", "verbatim I ¶5"),
        (f"{SIDES[:-1]} (but not security, p. 5)", "altered I ¶5"),
        (f"{SIDES}\n— Countries must form new alliances at once", "verbatim I ¶5, absent"),
        (f'✅ "{SIDES}"\n❌ "{SIDES[:32]} must take sides"', "verbatim I ¶5, altered I ¶5"),
        ("working with [the U.S.] to build a new model", "verbatim I ¶6"),
        ("such as the [Shanghai Cooperation Organization] and CICA", "verbatim II.2 ¶2"),
        ("presided over the adoption of [CUES] at the Western Pacific", "verbatim I ¶10"),
        ("will continue to fully and effectively implement the [DOC] and strive", "verbatim I ¶10"),
        ("will continue to fully and effectively implement the [plan] and strive", "altered I ¶10"),
        # Nor does a name stand for a clause, nor a word for one with a negation.
        ("promoted dialogue and cooperation on maritime security, [UN] missions", "altered I ¶12"),
        ("We should [hamper] regional development and cooperation", "altered I ¶13"),
        ("“[We should] allow old problems to hamper regional development”", "altered I ¶13"),
        ("platforms such as the [South China Orchestra] and CICA", "altered II.2 ¶2"),
        ("more than [400](https://e.org) international multilateral treaties", "verbatim I ¶10"),
        ("“This commitment remains unchanged. -- Xi Jinping”", "verbatim I ¶14"),
        # Misspelt words are not rare ones.
        ("the reconciliation process in Afganistan", "altered I ¶1"),
        ("“This commitment remains” not “unchanged”", "altered I ¶14"),
        ("Shanghai Cooperation Organization ([SCO](https://e.org/a)), Six-Party", "verbatim I ¶8"),
        ("“This commitment remains unchanged. — State Council”", "verbatim I ¶14"),
        # A dash within the marks is no source.
        ("“greater responsibilities for regional and global security — Taiwan”", "altered I ¶8"),
        ("“greater responsibilities for regional and global security” — Taiwan", "verbatim I ¶8"),
        # Names of the paper in somebody else's sentence; and altered ones.
        ("Chinese President Xi Jinping was discussed in Manila last week.", "absent"),
        (
            "The Declaration on the Conduct of Parties in the South China Sea was signed in Phnom "
            "Penh in 2002.",
            "absent",
        ),
        ("They signed the Code for Unplanned Encounters at Sea in Manila last May.", "absent"),
        ("The Six Principles of Peaceful Coexistence", "altered Preface ¶2"),
        (
            "In 2014 China chaired the adoption of the Code for Unplanned Encounters at Sea at the "
            "Western Pacific Naval Symposium",
            "altered I ¶10",
        ),
        # A single word in marks, in a writer's sentence and in a copied one.
        ('The paper calls the Korean issue "complex".', "verbatim I ¶1"),
        ('The white paper says that China will invade "its" neighbours.', "absent"),
        (
            "The paper wants rules that are “fair” and “equitable”.",
            "verbatim I ¶10, verbatim I ¶10",
        ),
        ("It calls its neighbours ‘selfish’.", "absent"),
        ("Old “security” concepts based on the Iron War mentality", "altered II ¶1"),
        # A speaker who quotes; and marks that were put within a quotation.
        (f"Lin said: “As the white paper puts it, ‘{SIDES}’”", "verbatim I ¶5"),
        ("It says, “China has nothing left in ‘the region’”.", "absent"),
        (
            "“‘absolute security’ of oneself at the expense of the security of others” there",
            "verbatim II.1 ¶2",
        ),
        ("\"The paper says 'visions guide actions'\", Ms Tan noted.", "verbatim II ¶1"),
        (f'‘The paper says "{SIDES[:-1].replace("big", "large")}",’ she said', "altered I ¶5"),
        ("“Big countries ‘should not take sides’ among small countries”", "altered I ¶5"),
        (f"“This ‘commitment’ never changed. {SIDES}”", "altered I ¶5"),
        # An article in the lines of a letter.
        (f'> Have you seen it? The paper says: "{SIDES}"\n>\n> They left.', "verbatim I ¶5"),
        (f"> She liked the line “{SIDES}”\n> in it, and little else.", "verbatim I ¶5"),
        (f"> They want “games at any price”.\n>\n> {SIDES}", "absent, verbatim I ¶5"),
        # Two quotations, with hardly anything between them.
        ("“Cold War mentality” - “take sides among”", "verbatim I ¶5, verbatim I ¶5"),
        ("“unique diversities”, 'take sides among'", "verbatim I ¶5, verbatim I ¶5"),
        ("“unique diversities” → “take sides among”", "verbatim I ¶5, verbatim I ¶5"),
        ('„take sides among“; "unique diversities"', "verbatim I ¶5, verbatim I ¶5"),
        # A lead before a passage that has marks itself.
        ('Wang Yi: Rules should not become "international rules," still less', "altered I ¶9"),
        ('Wang Yi: automatically become "international rules," still less', "verbatim I ¶9"),
        ('According to the white paper: "international rules," still less', "verbatim I ¶9"),
        ('According to it, still less should we seek "absolute security"', "verbatim II.1 ¶2"),
        ("Li: “win-win” is a word that they like for “zero-sum game”", "absent, verbatim II ¶1"),
        # Sentences in another order.
        (
            "China is ready to pursue security through dialogue and cooperation in the spirit of "
            "working together for mutually beneficial results, and safeguard peace and stability "
            "jointly with other countries in the region. China has all along taken the advancement "
            "of regional prosperity and stability as its own responsibility. As an important "
            "member of the Asia-Pacific family, China is fully aware that its peaceful development "
            "is closely linked with the future of the region.",
            "altered I ¶2",
        ),
        # Of two paragraphs with some of the words, that in which the fewest differ.
        ("The countries involved should not engage in sincere", "altered II.1 ¶4"),
        ("seeking shared ground while reserving differences", "altered I ¶13"),
        ("small countries should not take sides", "altered I ¶5"),  # left out is less than changed
    ],
)
def test_verdict_and_place_in_the_paper(paper: Index, quotation: str, expected: str) -> None:
    assert told(quotation, paper) == expected


@pytest.mark.parametrize("length", [1, 2, 3, 5, 8, 40])
def test_every_passage_of_so_many_words_is_verbatim(paper: Index, length: int) -> None:
    wrong = []
    for _, paragraph in paper.paragraphs:
        words = paragraph.text.split(" ")
        for start in range(0, len(words) - length + 1, 3):
            text = " ".join(words[start : start + length])
            if any(part.verdict != "verbatim" for part in check(text, paper)):
                wrong.append(text)
    assert wrong == []


@settings(deadline=None)
@given(st.text(alphabet="abc peace of the 19,.…[]()“”\"'\n-¶/China’s", max_size=60))
def test_any_text_at_all_is_answered(paper: Index, text: str) -> None:
    for part in check(text, paper):
        assert text[slice(*part.at)] == part.text
        assert (part.place is None) == (part.verdict == "absent")
