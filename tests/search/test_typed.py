"""What people type and paste, kind by kind, over the paper: the first hit, and what is said."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest

from indexer.search.engine import Engine
from indexer.search.index import index_in_memory
from indexer.search.places import Places
from indexer.search.results import Request, Results

from .conftest import document_of


def first(results: Results) -> str:
    """Return the citation of the first hit; empty if nothing is found."""
    return results.hits[0].paragraph.citation if results.hits else ""


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("NEED NOT TAKE SIDES", "need not take sides"),
        ("RULE OF LAW AND NOT WAR", "rule of law and not war"),
        ("PEACE WITHIN 5 YEARS", "peace within 5 years"),
        ("NOT CONDUCIVE", "conducive"),
        ("PEACE OR STABILITY IN THE REGION", "peace or stability in the region"),
        ("peace —stability", "peace stability"),
        ("framework — the main components", "framework the main components"),
        ("peace –war – stability", "peace war stability"),
        ("%22rule of law%22", '"rule of law"'),
        ("peace—stability", "peace stability"),
        ("nontraditional security threats", '"non-traditional security threats"'),
        ("5 principles", '"five principles"'),
        ("terrorists", "terrorism"),
        ("What's common security?", "what is common security?"),
        ("why doesn't China take sides", "why does not China take sides"),
        ("China´s armed forces", "China's armed forces"),
        ("cooperation between China and ASEAN", "China cooperation ASEAN"),
        ("that's the new security concept", "that is the new security concept"),
        ("re- gion", "region"),
        ("short- and long-term stability", "short and long-term stability"),
        ("#SouthChinaSea", "south china sea"),
        ("mari- time dis- putes", "maritime disputes"),
        ("southchinasea", '"south china sea"'),  # run together
        ("coldwar mentality oflaw", '"cold war mentality" "of law"'),
        ("stability12", "stability"),  # the number of a note
        ("hot spots", "hotspot"),  # and apart
        ("over night", "overnight"),  # at a common word
        ("rule of law [1, 2]", "rule of law"),
        ("what IS common security", "what is common security"),
        ("Shanghai Co-operation Organisation", "Shanghai Cooperation Organization"),
        ("show us how much the paper says of Myanmar", "Myanmar"),
        ("quality of people's life", "quality of people's lives"),
        ("co operation", "cooperation"),
        ("the SCOs", "SCO"),
        ("&quot;rule of law&quot;", '"rule of law"'),  # copied from a page or an address
        ("rule%20of%20law", "rule of law"),
        ('site:gov.cn "common security"', '"common security"'),  # other engines' syntax
        ('"rule of law"[Title/Abstract] AND norms[tiab]', '"rule of law" AND norms'),
        ("keywords: alliances", "alliances"),
        ("Chinaâ€™s â€œarmed forcesâ€", 'China\'s "armed forces"'),  # in another encoding
        ("intitle:security vision", "heading:security vision"),
        ("section: peace", "section peace"),
        ("section: II.1 trust", "section:II.1 trust"),
        ("i'd like to know about Myanmar", "Myanmar"),
        ("peace -site:example.org", "peace"),
        ("[rule of law](https://example.org/a-b)", "rule of law"),
        ("rule of law t.co/Ab12 jane.doe@example.org", "rule of law"),
        ("“mutual trust” (p. 9).", '"mutual trust"'),
        ("mutual trust [pp. 3–4]", "mutual trust"),
        ("China%E2%80%99s armed forces", "China's armed forces"),
        ("trust page: 1", "trust page:1"),
        ("peace && stability", "peace AND stability"),
        ("(peace|stability) AND sea", "(peace OR stability) AND sea"),
        ("peace NEAR/3 stability", '"peace stability"~3'),
        ("peace AROUND(3) stability", '"peace stability"~3'),
        ('"rule of law" near/5 international', '"rule of law international"~5'),
        ("60 PC of the world", "60 percent of the world"),
        ("organis*", "organiz*"),  # British
        ("centre*", "center*"),
        ("co-operat*", "cooperat*"),
        ("alliances in II.2", "alliances"),  # without the words of a place
        ("third party II.2", "third party"),
        ("section I of five principles", "five principles"),
        ("paragraphs in section II on trust", "trust"),
        ("60 percent in section I", "60 percent"),
        ("the first and second in section II.1", "first second"),
        ("territor$ AND disput$", "territor* AND disput*"),
        ("the peace and stability of the region -military", "peace stability region -military"),
        ("problems in the region", "problems region"),  # not “problems to hamper regional”
        ("<em>common</em> security", "common security"),  # marked up
        ("whats common security", "common security"),  # apostrophes left out
        ("wheres Japan mentioned", "Japan"),
        ("countries shouldnt take sides", "countries take sides"),
        ("tell me about ASEAN", "ASEAN"),  # what is asked for, not the asking
        ("examples of non-traditional threats", "non-traditional threats"),
        ("what does the white paper say about Japan?", "Japan"),
        ("all mentions of ASEAN", "ASEAN"),
        ("every paragraph about alliances", "alliances"),
        ("plz show me every instance of overnight", "overnight"),
        ("sentences with the word overnight", "overnight"),
        ("can you tell me about ASEAN", "ASEAN"),
        ("i want to know about xi jinping", "xi jinping"),
        ("looking for info on south china sea", "south china sea"),
        ("where can i find the part about taking sides", "taking sides"),
        ("which paragraph mentions Myanmar", "Myanmar"),
        ("hi, could you find me something about Myanmar? thanks", "Myanmar"),
        ("kindly help me find the part about Myanmar", "Myanmar"),
        ("sorry, does anybody know what CICA is?", "CICA"),
        ("may I ask where Japan is mentioned", "Japan"),
        ("did it say anything about Myanmar", "Myanmar"),
        ("best quote about taking sides", "taking sides"),
        ("what does SCO stand for", "SCO"),
        ("how many times does the word Japan appear", "Japan"),
        ("where is Japan mentioned", "Japan"),
        ("how could India join", "India join"),
        ('"peace & stability"', '"peace and stability"'),
        ("how does the paper define common security", "common security"),
        ("what is meant by common security", "common security"),
        ("what is the meaning of zero-sum game", "zero-sum game"),
        ("are there any references to Myanmar", "Myanmar"),
        ("does it mention Japan", "Japan"),
        ("what's said about Japan", "Japan"),
        ("how is ASEAN described in the white paper", "ASEAN"),
        ("zero-sum game definition", "zero-sum game"),
        ("critically assess the role of ASEAN", "role ASEAN"),  # essay questions
        (
            "to what extent does China's 2017 white paper oppose alliances?",
            "China oppose alliances",
        ),
        ("paragraphs that contain ASEAN", "ASEAN"),
        ("which section is about maritime disputes", "maritime disputes"),
        ('the word "peace"', '"peace"'),
        ('does it use the term "rule of law"', '"rule of law"'),
        ("what does CICA mean", "CICA"),
        ("number of times Japan appears", "Japan"),
        ("what does the paper think of alliances", "alliances"),
        ("recognition", "recognized"),  # of one family
        ("uncertainties", "uncertain"),
        ("resolution", "resolve"),
        ("threaten", "threats"),
        ("opposition", "oppose"),
        ("leadership", "leaders"),
        ("5 principles", "five principles"),
        ("1st", "first"),
        ("neither peace nor stability", "peace stability"),
        ('"trust dialogue" ~5', '"trust dialogue"~5'),
        ("https://example.org/?q=%22rule+of+law%22&page=2", '"rule of law"'),  # of a search
        ("reject the Cold War 3 mentality", '"reject the Cold War mentality"'),  # of a page
        ("* peace and stability", "peace and stability"),  # a bullet
        ("1. Peace and stability", "peace and stability"),  # numbers of lists and notes
        ("(b) peace and stability", "peace and stability"),
        ("2) peace and stability", "peace and stability"),
        ("1. peace\n2. stability", "peace stability"),
        ("1.\tpeace\n2.\tstability", "peace stability"),  # from a word processor
        ("rule of law.[3]", "rule of law"),
        ("rule of law https://example.org/a1", "rule of law"),
        ("rule of law, www.example.org/a1.", "rule of law"),
        ("https://example.org/a#:~:text=take%20sides", "take sides"),  # as browsers mark it
        ("**rule** of law^2", "rule of law"),
        ("[p]eace and stability [sic]", "peace and stability"),
        ('"[T]he key to maintaining" (emphasis added)', '"the key to maintaining"'),
        ('"The key to maintaining" (my emphasis)', '"the key to maintaining"'),
        ("process remains slow.12", "process remains slow"),
        ("need not take sides.7 All countries", "need not take sides all countries"),
        ('become "international rules,"1', 'become "international rules"'),
        ('"rule of law"5 in international relations', '"rule of law" in international relations'),
        ("(a) economic integration (b) free trade", "economic integration free trade"),
        ("(1) mutual trust; (2) inclusiveness", "mutual trust inclusiveness"),
        ("1) mutual trust; 2) inclusiveness", "mutual trust inclusiveness"),
        ("peace w/ stability", "peace with stability"),
        ("region China", "region AND China"),  # not only "in the region. China has"
        ('"the key to maintaining"³ [emphasis in original]', '"the key to maintaining"'),
        ('"take sides ... equals"', '"take sides" "equals"'),
        ('law -"rule [...] fairness"', 'law -("rule" "fairness")'),
        ("allintitle: security vision", "security vision"),
        ('TITLE-ABS-KEY("rule of law" AND norms)', '"rule of law" AND norms'),
        ("peace /s stability", '"peace stability"~s'),  # of legal databases
        ("sovereign! /p maritim!", "sovereign* AND maritim*"),
        ("peace n3 stability", '"peace stability"~3'),  # of libraries
        ("peace PRE/3 stability", '"peace stability"~3'),
        ("near NEAR future", "near AND future"),
        ("(common OR shared) NEAR/2 future", "(common OR shared) AND future"),
        ("India not (Russia or Afghanistan)", "India NOT (Russia OR Afghanistan)"),
        ("rules (common or shared) for all", "rules common shared"),  # a sentence
        ("inter-Korean peace", "Korean peace"),  # a prefix is no word
        ("the rule of law (maritime) of the ?sea?", "the rule of law maritime of the sea"),
        ("China 21 (2016), in the region, 5-7 of 9", "China 21 2016 in the region 5 7 of 9"),
        ("peace !stability", "peace -stability"),
        ("military w/5 alliance", '"military alliance"~5 OR "military alliances"~5'),  # any form
        ("NEAR(military alliance, 5)", "(military alliance)~5"),
        ("treaty w/5 international", '"treaties international"~5'),
        ("dispute NEAR/10 consultation", '"disputes consultation"~10'),
        ("non-traditional w/2 threat", '"non traditional threats"~2'),
        ("China's w/5 force", '"China\'s forces"~5'),
        ("peace -military w/5 alliance", "peace -(military alliance)~5"),
        ('"military" w/5 "alliance"', '"military alliance"~5'),  # not where it is quoted
        ("territor* w/5 disput*", "(territory dispute)~5 OR (territorial dispute)~5"),
        ("military w/3 allianc*", "(military alliance)~3"),
        ("disput* /s negotiat*", "(dispute negotiation)~s"),
        ("sovereign! AND territor!", "sovereign* AND territor*"),  # truncated in law databases
        ("disput! w/5 territor!", "(disput* territor*)~5"),
        ("(territor! OR border!) AND disput!", "(territor* OR border*) AND disput*"),
        ("coop! mechanism!", "coop* mechanism*"),
        ("treat! international", "treat* international"),
        ("disput! and maritim!", "disput* maritim*"),
        ("China AND treat!", "China AND treat"),  # not at the end
        ("treat! now", "treat"),  # nor in a sentence
        ("Treat! China!", "treat China"),
        ('"law of the sea" w/10 convention*', '"law of the sea convention"~10'),
        ("need not and should not take sides (I ¶5)", "need not and should not take sides"),
        ("what does china say about the rule of law", "rule of law"),  # it is China's paper
        ("where it talks about the rule of law", "rule of law"),
        ("how does China define common security?", "common security"),
        ("does China support the UN?", "China support UN?"),
        ("what does China want", "China want"),
        ("what does China say about itself", "China"),
        ("does China see the US as a threat", "US threat"),
        ("What is China's position on maritime disputes", "maritime disputes"),
        ("the Chinese government's views on terrorism", "terrorism"),
        ("China's policy on territorial disputes", "territorial disputes"),
        ("what is China's military", "China's military"),
        ("China's position", "China's position"),
        ("the paper's stance on military alliances", "military alliances"),
        ("peace and/or stability in section II.1", "peace and or stability in section II.1"),
        ("1954年", "1954"),
        ("2014年5月", "2014"),  # "5" is no "five"
    ],
)
def test_it_finds_what_its_words_find(paper: Engine, typed: str, plain: str) -> None:
    found, wanted = (paper.search(Request(text, limit=28)) for text in (typed, plain))
    assert found.results.total > 0
    assert {*found.ids()} == {*wanted.ids()}


@pytest.mark.parametrize(
    ("typed", "citation"),
    [
        ("SCO OR CICA", "I ¶8"),  # where operators join all words they hold
        ("MYANMAR OR JAPAN OR SUBMARINE", "I ¶6"),
        ('does it say "code of conduct"?', "I ¶10"),
        ('where is "Silk Road" (the economic belt) mentioned?', "I ¶4"),
        ('"peace and sta- bility"', "I ¶14"),
        ("“We cannot just have the security of one or some countries only” – Xi", "II.1 ¶2"),
        ("China's position", "Preface ¶1"),  # not “positive”
        ("who is the president of China", "II.1 ¶1"),  # not “presided”
        ("common and cooperative security", "II.1 ¶4"),  # not “common, comprehensive”
        ("united states", "I ¶6"),
        ("relations with the us", "I ¶6"),  # the country
        ("let us take sides", "I ¶5"),
        ("how many treaties has China joined", "I ¶10"),
        ("cyber", "I ¶10"),
        ("terrorist", "I ¶12"),
        ("China security cooperation region “common ground”", "II.1 ¶4"),  # above all without it
        ("korea", "I ¶14"),
        ("south china sea", "I ¶14"),
        ("code of conduct", "I ¶10"),
        (
            "China is committed to promoting peace in this region (State Council 2017).",
            "Preface ¶2",
        ),
        ("south china sea disputes", "I ¶14"),
        ("non-traditional security threats", "I ¶1"),
        ("consensus. It will be a long and gradual process", "II.2 ¶4"),
        ("China's view of absolute security in the region", "II.1 ¶2"),  # the rarest of them
        ("peace in China and the wealth gap", "II.1 ¶5"),
        ("is Japan a threat to regional security", "I ¶6"),  # a name before more of the words
        ("what role does Russia play in the region", "I ¶6"),
        ("is China a member of the SCO", "I ¶8"),
        ("in the year 1954", "I ¶10"),
        ("third party", "II.1 ¶2"),
        ("3rd parties", "II.1 ¶2"),
        ("what does section II.1 say about dialogue", "II.1 ¶4"),
        ("alliances not in II.2", "II.1 ¶2"),
        ("Japan territorial disputes", "I ¶13"),  # its words tell more than the name
        ("asian values and ideals", "I ¶5"),
    ],
)
def test_the_first_hit(paper: Engine, typed: str, citation: str) -> None:
    assert first(paper.search(Request(typed)).results) == citation


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        *((typed, None) for typed in ("north korea", "land", "thaad", "trump", "two", "say")),
        *((typed, None) for typed in ("covid-19", "Shangri-La", "APEC", "Vietnam", "hello")),
        *((typed, None) for typed in ("COVID", "SIPRI report", "CSOs")),  # not “avoid”
        ("ASEN", "ASEAN"),
        ("REGOIN", "REGION"),
        ("ASEAN-Chnia relations", "ASEAN-China relations"),
        ("sec:II.1", None),
        ('"take side"', '"take sides"'),
        ('"new model of great power relations"', None),  # has “powers”, but not so
        ('"response to bothing"', '"response to both"'),  # not “booming”
        ("Kim Jong-un", None),  # nor "long"
        ("Aksai Chin", None),  # two letters off a word of four
        ("what is secruity in the region?", None),  # a question is answered, not corrected
        ("presidant", "president"),  # not found as “presided”
        ("peacefull", "peaceful"),
        ("govermental", "governmental"),  # not “gover” and “mental”
        ("secruity", "security"),
        ('"coldwar mentality"', '"cold war mentality"'),
        ("Secruity coperation", "Security cooperation"),
        ("Secruity", "Security"),
        ("REGOINAL secruity", "REGIONAL security"),
        ("counterterorism", "counterterrorism"),  # which the text has with a hyphen
        ("afganistan", "afghanistan"),
        ("Afganisthan", "Afghanistan"),
        ("Natuna", None),  # not “Natural”
        ("the prefase", "the preface"),  # a word of headings
        ("India -Japan", None),
        ("sanc- tions", None),  # a word that the text lacks, at the end of a line
        ("the wid- ening wealth gap", None),
        ("the health gap", None),  # not “wealth gap”
        ("preface secruity", "preface security"),  # beside a place
        ("II.1 ¶3", None),
        ("South Chian Sea", "South China Sea"),  # with the words beside it, a run of the text
        ("cold warr", "cold war"),
        ("the rul of law", "the rule of law"),
        ("Untied Nations", "United Nations"),
        ("mutual rust", "mutual trust"),
        ("six party taks", "six party talks"),
        ("Chian", None),  # alone
        ("nations untied", None),
        ("rul of", None),
        ("investment ban", None),  # a short word that is known
        ("2031 Agenda", None),
        ("what does it say of the rul of law?", None),
        ("securty", "security"),  # although words of its family are found
        ("regonal securty framwork", "regional security framework"),
        ("terrorist thret", "terrorist threats"),
        ("terrorist threat", None),
        ("What is a terrorist thret to peace?", None),
    ],
)
def test_only_misspelt_words_are_corrected(
    paper: Engine, typed: str, suggested: str | None
) -> None:
    assert paper.search(Request(typed)).results.suggestion == suggested


@pytest.mark.parametrize(
    ("typed", "marked", "apart"),
    [
        ("south china sea", {"South China Sea"}, 0),
        ("code of conduct", {"Code of Conduct", "COC"}, 0),
        ("united states", {"United States"}, 1),
        ("united states alliance system", {"alliances", "systems"}, 0),  # one has two of them
    ],
)
def test_words_that_occur_together_are_one_match(
    paper: Engine, typed: str, marked: set[str], apart: int
) -> None:
    search = paper.search(Request(typed))
    found = search.matches(100)
    assert {m.paragraph.text[start:stop] for m in found for start, stop in m.spans} == marked
    others = paper.search(Request(typed, words="apart"))
    assert search.results.apart == others.results.total == apart
    assert not {*search.ids()} & {*others.ids()}


@pytest.mark.parametrize(
    "typed",
    [
        '"rule of lwa"',
        '"Five Principles of the Peaceful Coexistence"',
        '"Belt Road Initiative"',
        '"the Code for Unplanned Encounters at the Sea"',
        "peace AND submarine",
        "territor* AND submarine",
        "disput* w/2 submarine",
        '"India Japan"~s',
        '"rule of peace" ballistic',
        '"a lie" "a war"',
        'dialogue "rather than confrontations"',
        "China “reject the Cold War mentalities”",
        "“build[ing] a new model of major-country relations”",
    ],
)
def test_where_nothing_matches_the_plain_words_are_shown(paper: Engine, typed: str) -> None:
    results = paper.search(Request(typed)).results
    assert results.match == "loose"
    assert "Nothing matches exactly what you typed. These paragraphs have words from it." in (
        results.notes
    )
    assert all(hit.spans for hit in results.hits)


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("Dialogue not Confrontation", ()),
        ("no development without peace", ()),
        ("does not mean", ()),
        ("not take sides", ()),
        ("they should not take sides without reason", ()),
        # A question, if a word is misspelt.
        ("what is the millitary doing", ("what is the military doing",)),
        (
            "what does the paper say about maratime disputes",
            ("what does the paper say about maritime disputes",),
        ),
        ("why is the econmy under presure", ("why is the economy under pressure",)),
        ("what does the paper say about covid and disputes", ()),
        ("what does it say of the rul of law?", ("what does it say of the rule of law?",)),
        ("cyber", ("cyberspace",)),
        ("terrorists", ("terrorism",)),
        ("Terrorist threat", ("Terrorism threat",)),
        ("strategist", ("strategic", "strategy")),
        ("cybersecurity AND law", ("cyber security AND law",)),  # in two words
        ("securty", ()),  # is misspelt
        ("What is a terrorist threat to peace?", ()),  # a sentence
        ("-cyber law", ()),
        ("land", ()),
        ("law", ()),
        ("instability in Asia", ("stability in Asia",)),  # its opposite, which is not searched for
        ("uninform", ()),
    ],
)
def test_the_searches_that_are_offered(paper: Engine, typed: str, instead: tuple[str, ...]) -> None:
    assert paper.search(Request(typed)).results.alternatives == instead


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("ASEAN -China", "asean"),
        ("Shanghai Cooperation Organization NOT China", "shanghai cooperation organization"),
        ("(peace AND Myanmar) -peace", "peace myanmar"),
        ("section:preface Myanmar", "myanmar"),
        ("terroris* NOT disaster", "terroris*"),
        ("-section:I -section:II -section:Preface", None),
    ],
)
def test_what_is_left_out_stays_left_out(paper: Engine, typed: str, instead: str | None) -> None:
    results = paper.search(Request(typed)).results
    assert results.total == 0
    assert next(iter(results.alternatives), None) == instead
    assert any("the rest of the query leaves out" in note for note in results.notes) is bool(
        instead
    )


def test_paragraphs_without_any_of_the_words_are_below(paper: Engine) -> None:
    hits = paper.search(Request("the silk road OR section:II.2")).results.hits
    assert [hit.score for hit in hits if hit.paragraph.section == "II.2"] == [0.0] * 5


@pytest.mark.parametrize("typed", ["as the law", "is a law"])
def test_words_as_they_stand_come_first(health: Engine, typed: str) -> None:
    hits = health.search(Request(typed)).results.hits
    assert typed in hits[0].paragraph.text.casefold()


TITLE = "China's Policies on Asia-Pacific Security Cooperation"
PERMALINK = "https://example.org/asia-pacific-security-cooperation-2017/p/pr2rwtl"


@pytest.mark.parametrize(
    ("typed", "citation"),
    [
        ("II.1, para. 3", "II.1 ¶3"),
        ("(II.1 ¶3)", "II.1 ¶3"),
        ("II.1 (para 3)", "II.1 ¶3"),
        ("II.1 ¶3.", "II.1 ¶3"),
        ("Section II.1 ¶3", "II.1 ¶3"),
        ("II.1 ¶¶3-4", "II.1 ¶3"),
        ("ii.1/3", "II.1 ¶3"),
        ("paragraph 3 of section II.1", "II.1 ¶3"),
        ("“II.1, para. 3”", "II.1 ¶3"),
        ("II.1", "II.1"),
        ("section II", "II"),
        ("section 2", "II"),
        ("chapter 2", "II"),
        ("Chap. II", "II"),
        ("section 2.1, para 3", "II.1 ¶3"),
        ("para. 3 section II.1", "II.1 ¶3"),
        ("2", ""),
        ("99 98 97 96 95 94", ""),
        ("60 percent", ""),
        ("para 31", ""),
        ("page 1, para 3", ""),  # of a page, not of section I
        ("Section: II.1", "II.1"),
        ("preface", "Preface"),
        ("China's Security Vision for the Asia-Pacific Region", "II"),
        ("II.1.3", "II.1 ¶3"),
        ("I.10", "I ¶10"),
        ("see II.2 ¶1", "II.2 ¶1"),
        ("See also II.1, para. 3.", "II.1 ¶3"),
        ("in Preface", "Preface"),
        ("pr2rwtl", "I ¶10"),
        (PERMALINK, "I ¶10"),
        (f"{PERMALINK}.", "I ¶10"),
        (f"({PERMALINK.upper()})", "I ¶10"),
        (f"{PERMALINK}?q=law&t=1a2b", "I ¶10"),
        (PERMALINK.replace("/p/", "#"), "I ¶10"),
        (PERMALINK.replace("p/pr2rwtl", "II.1/3"), "II.1 ¶3"),
        (
            f"Information Office, China's Policies, I, para. 10, accessed today, {PERMALINK}.",
            "I ¶10",
        ),
        (PERMALINK.replace("p/pr2rwtl", "II.1?q=law"), "II.1"),
        (f"https://eur01.safelinks.example/?url={quote(PERMALINK, safe='')}&data=05", "I ¶10"),
        (PERMALINK.replace("-2017", "- 2017").replace("/p/", "/p/ "), "I ¶10"),  # wrapped lines
        ("/p/pr2rwtl", "I ¶10"),
        ("Chapter II, Section 1, para. 3", "II.1 ¶3"),
        ("paragraph 3, section 2.1", "II.1 ¶3"),
        ("Section II (1), paragraph 3", "II.1 ¶3"),
        ("the third paragraph of section II.1", "II.1 ¶3"),
        ("Preface, first paragraph", "Preface ¶1"),
        ("section two", "II"),
        ("the preface", "Preface"),
        ("II.2 Improving the Regional Security Framework", "II.2"),
        ("ibid., II.1 ¶3", "II.1 ¶3"),
        ("ch 2", "II"),
        ("(State Council Information Office 2017, II.1 ¶3)", "II.1 ¶3"),
        ("II.1 ¶3 and II.2 ¶1", "II.1 ¶3, II.2 ¶1"),
        ("what does paragraph 10 of section I say?", "I ¶10"),
        ("§II.1, 3", "II.1 ¶3"),
        ("¶ II.1.3", "II.1 ¶3"),
        ("para. I.10", "I ¶10"),
        ("II-1 ¶3", "II.1 ¶3"),  # never I ¶3
        ("II - 1", "II.1"),
        ("Pt II sec 1 para 3", "II.1 ¶3"),
        ("Ch. II, pt. 1", "II.1"),
        ("chapter 2, sect. 1 para 3", "II.1 ¶3"),
        ("Section II, sub-section 2, para. 4", "II.2 ¶4"),
        ("section two point one, paragraph three", "II.1 ¶3"),
        ("the introduction", "Preface"),
        ("what does section II.1 say about trust?", "II.1"),
        ("II.1 and II.2", "II.1, II.2"),
        ("II.1 ¶3; II.2 ¶4", "II.1 ¶3, II.2 ¶4"),
        ("Preface ¶1, II.1 ¶2", "Preface ¶1, II.1 ¶2"),
        ("sections I and II", "I, II"),
        ("chapters 1, 2", "I, II"),
        ("section II.1, 3", "II.1 ¶3"),
        ("II.1 ¶3, 4 & ¶5", "II.1 ¶3, II.1 ¶4, II.1 ¶5"),
        ("paragraphs 3 and 5 of section II.1", "II.1 ¶3, II.1 ¶5"),
        ("security vision for the asia pacific region", "II"),  # a heading half remembered
        ("improve the framework of regional security", "II.2"),
        ("China’s Policies on Asia-Pacific Security Cooperation", TITLE),
        ("Title: China’s Policies on Asia-Pacific Security Cooperation", TITLE),
        ("chinas policies on asia pacific security cooperation pdf", TITLE),
        ("White paper: China's Policies on Asia-Pacific Security Cooperation (2017)", TITLE),
        ("the preface of the 2017 white paper", "Preface"),
        ("the white paper", TITLE),
        ("what is the white paper about?", TITLE),
        ("SCIO (2017). China's Policies on Asia-Pacific Security Cooperation. Beijing.", TITLE),
        ("summary of the preface", "Preface"),
        (PERMALINK.replace("/p/pr2rwtl", "/"), TITLE),
        ("Ⅱ.1 ¶3", "II.1 ¶3"),  # of other signs
        ("II.1 – ¶3", "II.1 ¶3"),
        ("II.1 no. 3", "II.1 ¶3"),
        ("II. 1 ¶3", "II.1 ¶3"),
        ("Section II. 1", "II.1"),
        ("II 1", "II.1"),
        ("ii 1 3", "II.1 ¶3"),
        ("II.1–2", "II.1"),  # never II ¶1
        ("chapter two, section one, paragraph three", "II.1 ¶3"),  # never I ¶3
        ("3rd para. in section II.1", "II.1 ¶3"),
        ("paragraph 10 (section I)", "I ¶10"),
        ("the tenth paragraph of section one", "I ¶10"),
        ("section no. 2", "II"),
        ("what does section 2.1 say?", "II.1"),
        ("what is said in chapter two?", "II"),
        ("China's Policies on Asia-Pacific Security Cooperation, Part II", "II"),
        ("Part II of China's Policies on Asia-Pacific Security Cooperation", "II"),
        ("State Council, 2017, pt. II", "II"),
        ("White Paper II.1.3", "II.1 ¶3"),
        ("what does section I say about security", "I"),
        ("chapter 2's vision", "II"),
        ("parts I and II", "I, II"),
        ("China's Policies on Asia-Pacific Security Co-operation", TITLE),
        ("show me the preface", "Preface"),
        ("the preface section", "Preface"),
        ("where is the preface?", "Preface"),
        ("what does the preface say?", "Preface"),
        (f"see {PERMALINK.replace('p/pr2rwtl', 'II.1/3')}, accessed today", "II.1 ¶3"),
        ("the third party", ""),
        ("one part of the region", ""),
        ("peace", ""),
        ("cooperation 2017", ""),
        ("January 2017", TITLE),  # when it was issued, and by whom
        ("2017", TITLE),
        ("(SCIO, 2017)", TITLE),
        ("11.1.2017", TITLE),
        ("full text of the white paper", TITLE),
        ("Policies on Asia-Pacific Security Cooperation", TITLE),
        ("white papers", TITLE),
        ("State Council Information Office", TITLE),
        ("SCIO", TITLE),
        ("¶" + "1 and " * 90 + "?", ""),  # at once
        ("(" + "§2 " * 190, ""),
        ("II.1 at ¶3", "II.1 ¶3"),
        ("Ibid, s II.1 para 2", "II.1 ¶2"),
        ("s I, para 10", "I ¶10"),
        ("Pt. II, s. 1, para. 3", "II.1 ¶3"),  # in British law
        ("China's 2 policies", ""),
        ("White Paper, I(13)", "I ¶13"),
        ("section2.1 para3", "II.1 ¶3"),  # never I
        ("第二部分第一节第3段", "II.1 ¶3"),
        ("Abschnitt II.1, Absatz 2", "II.1 ¶2"),
        ("II. China's Security Vision for the Asia-Pacific Region ...... 9", "II"),
        ("https://example.org/chinas-policies-on-asia-pacific-security-cooperation_2.html", TITLE),
        ("see II.1, at para. 2", "II.1 ¶2"),
        ("subsection 1 of section II", "II.1"),
        ("the second part of section II", "II.2"),
        ("Preface (2)", "Preface ¶2"),
        ("opening paragraph of the preface", "Preface ¶1"),
        ("前言", "Preface"),
        ("II.1 ¶3–II.2 ¶1", "II.1 ¶3, II.2 ¶1"),
        ("para 3 - II.1", "II.1 ¶3"),
        ("section 2 of 6", "II"),
        ("SI", ""),
        ("I ¶10, II.1 ¶3, II.2 ¶5", "I ¶10, II.1 ¶3, II.2 ¶5"),  # never II.2 ¶3
        ("I ¶¶3, 5, and 17", "I ¶3, I ¶5, I"),
        ("II.1–II.2", "II.1, II.2"),
        ("last paragraph of section I", "I ¶14"),
        ("paragraphs 3 through 5 of section II.2", "II.2 ¶3"),
        ("Section II(2) para (3)", "II.2 ¶3"),
        ("II/1/3", "II.1 ¶3"),
        ("part 1 of section 2", "II.1"),
        ("https://example.org/api/paragraphs/pr2rwtl", "I ¶10"),
        ("UN Charter (I ¶9)", "I ¶9"),  # named before the product's own citation
        ("more than 400 treaties (I ¶10)", "I ¶10"),
        ("I ¶9 of the rule of law", "I ¶9"),
        ("what does the second section say about alliances", "II"),
        ("the first section of the paper", "I"),
        ("U.S. 2+2 with Japan", ""),
        ("U.S. v. China", ""),
        ("the introduction and implementation of rules", ""),
        ("World War II[1] and the region", ""),
        ("I.1 ¶2", ""),  # never I ¶1
        ("5/2014", ""),
        ("II.1 ¶99", "II.1"),  # a paragraph that is not there: its section
        ("II ¶2", "II"),  # never II.2
        ("II.1.7", "II.1"),
        ("II.3", "II"),
        ("Preface ¶99", "Preface"),
        ("paragraph 99 of section I", "I"),
        ("V ¶1", ""),
        ("section 2 part 1 paragraph 3", "II.1 ¶3"),  # never I ¶3
        ("chapter 2: subsection one", "II.1"),
        ("section two, part two, paragraph five", "II.2 ¶5"),
        ("Part 2 (Section 1)", "II.1"),
        ("part 2 § 1", "II.1"),
        ("section 1, section 2", "I, II"),
        ("Article II, Section 1", "II.1"),
        ("Chapter II Article 1 Paragraph 2", "II.1 ¶2"),
        ("the article I read, section by section", ""),
        ("second part, first chapter, paragraph four", "II.1 ¶4"),
        ("clause 3 of II.1", "II.1 ¶3"),
        ("II-1-2", "II.1 ¶2"),
        ("para 3, part 1, section II", "II.1 ¶3"),
        ("paragraph 3 of part 1 of section II", "II.1 ¶3"),
        ("Section I, part 3", "I ¶3"),  # as "I.3", which is no section
        ("II, 1, 3", "II.1 ¶3"),
        ("II; 1; 3", "II.1 ¶3"),
        ("II > 1 > 3", "II.1 ¶3"),
        ("II.1[3]", "II.1 ¶3"),
        ("2(1)", "II.1"),
        ("I § 10", "I ¶10"),
        ("II/1", "II ¶1"),  # as in addresses
        ("section II 1", "II.1"),
        ("¶5 of sec. II/1", "II.1 ¶5"),
        ("I ¶1 and 2.2 ¶1", "I ¶1, II.2 ¶1"),  # never I ¶2
        ("sections 2.1, 2.2", "II.1, II.2"),
        ("3rd and 4th paragraphs of II.1", "II.1 ¶3, II.1 ¶4"),
        ("paragraph fourteen of section I", "I ¶14"),
        ("the twelfth paragraph of section one", "I ¶12"),
        ("penultimate paragraph of II.2", "II.2 ¶4"),
        ("second-to-last paragraph of section I", "I ¶13"),
        ("third to last paragraph of I", "I ¶12"),
        ("first paragraph of the second section", "II ¶1"),
        ("the second part of the region", ""),
        ("the first part of the paper", ""),
        ("section II, 5 principles", "II"),
        ("section I: 3 items", "I"),
        ("World War II (1939-1945)", ""),
        ("chapter VII of the UN charter", ""),
        ("part 2 of UNCLOS", ""),
        ("UNCLOS Part II", ""),
        ("UN Charter, chapter 2", ""),
        ("Section I of the Shanghai Communique", ""),
        ("II.1 ¶3 of the NPT", ""),
        ("part I says what", "I"),
        ("1 paragraph", ""),
        ("24/7", ""),
        ("2.5", ""),
        ("section 2.1 white paper", "II.1"),
        ("section:II.1", "II.1"),
        ("sec:II.1", "II.1"),
        ("section:II.1 trust", ""),  # a filter
        ("rule of law section I", "I"),
        ("cooperation in the preface", "Preface"),
        ("what does the preface say about Asia", "Preface"),
        ("preface text", "Preface"),
        ("china white paper", TITLE),
        ("China issues white paper on Asia-Pacific security cooperation", TITLE),
        ("white paper published 11/01/2017", TITLE),
        ("white paper security issues", ""),
        ("white paper, para 3", TITLE),
        ("white paper on trade", ""),
        ("who wrote to this council", ""),
        ("information in the white paper", ""),
        ("cooperation in the white paper", ""),
        ("US white paper 2017", ""),
        ("preface to the white paper", "Preface"),
        ("the preface's last paragraph", "Preface ¶2"),
        ("section II.1, last sentence of paragraph 3", "II.1 ¶3"),
        ("section I, end of para 10", "I ¶10"),
        ("section II.1 of the white paper, paragraph 3", "II.1 ¶3"),
        ("section II.1 end of paragraph 3", "II.1 ¶3"),
        ("first two sentences of paragraph 5 of section I", "I ¶5"),
        ("last 2 lines of paragraph 5 of section I", "I ¶5"),
        ("the preface to Kissinger's book", ""),
        ("the introduction of new weapons", ""),
        ("foreword by the minister", ""),
        ("", ""),
        ("¶", ""),
    ],
)
def test_a_place_that_is_named(paper: Engine, typed: str, citation: str) -> None:
    places = paper.search(Request(typed)).results.places
    assert ", ".join(place.citation for place in places) == citation


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("II.1 ¶3", ""),
        ("see II.1 ¶3", ""),
        ("part one", ""),
        ("last paragraph of section I", ""),
        ("second to last paragraph of II.2 about trust", "“trust”"),
        ("five principles in the preface", "“five principles”"),
        ("third party II.2", "“third party”"),
        ("II", "“ii”"),  # a word, as far as one can tell, or a number
        ("2.1", "“2.1”"),
        ("part five", ""),  # nor of one that is not available
        *((typed, "") for typed in ("white paper", "State Council Information Office", TITLE)),
        *((typed, "") for typed in ("January 11, 2017", "2017-01-11", "Jan. 11, 2017")),
        *((typed, "") for typed in ("SCIO white paper", "Asia-Pacific security white paper")),
        *((typed, "") for typed in ("who wrote this paper?", "when was it published")),
        *(
            (typed, "")
            for typed in ("summary of the white paper", "what is this white paper about?")
        ),
        (f"SCIO, “{TITLE},” Beijing, January 2017, sec. II.1, p. 3", ""),  # a name beside a place
        (f"SCIO, {TITLE} (White Paper, 2017) s I, para 10", ""),
        (f"SCIO, ‘{TITLE}’ (11 January 2017) II.1 <https://a.org/b> archived at <{PERMALINK}>", ""),
        (f"What does {TITLE} say about Japan?", "“japan”"),
        (f"State Council Information Office, {TITLE}, January 2017: on Japan", "“japan”"),
        (f"In “{TITLE.upper()}”, what is said of Afghanistan?", "“afghanistan”"),
        (f"{TITLE[8:]}, alliances", "“alliances”"),
        *((typed, "") for typed in ("see supra note 4, at II.1, ¶ 6", "Op. cit., II.1")),
        *((typed, "") for typed in (quote(PERMALINK, safe=""), "see, e.g., II.1 ¶3")),
        *((typed, "") for typed in ("(SCIO, 2017, II.1)", "white paper on security pdf download")),
        ("china security policies in II.1", "“china” and “security” and “policies”"),
        ("policies of 2017 in II.1", "“policies” and “2017”"),
    ],
)
def test_the_words_of_a_citation_or_a_title_are_not_searched_for(
    paper: Engine, typed: str, understood: str
) -> None:
    assert paper.search(Request(typed)).results.understood == understood


def test_it_is_said_which_words_beside_a_title_do_not_occur(paper: Engine) -> None:
    results = paper.search(Request(f"{TITLE}: unicorns aliances")).results
    assert "“unicorns” and “aliances” do not occur in the available text." in results.notes
    assert results.suggestion == "unicorns alliances"


HEALTH = {
    ("Foreword", "Foreword"): ("Guides who fell ill told us that it was a crisis.",),
    ("1", "1. Health"): (
        "The WHO and the IT industry of the U.S. helped NGOs for three crises.",
        "In 2013,2014 and 2015, the news said, it cost 60%-70% of the budget.",
    ),
    ("1.2", "1.2. Benefits and Risks"): ("Chapter VI of the UN Charter weaponizes nothing.",),
    ("2", "2. Safety"): ("A guide fell.",),
    ("2.A-Seats", "A. Seats in Cars"): (
        "Mr O'Brien wears a seat belt and, as the law says, sits.",
    ),
    ("3", "3. Policies"): ("A guide sat.",),
    ("4", "4. Defence"): ("A guide ran.",),
    ("Costs", "Costs"): ("A guide paid.",),
    ("A-New-Era", "A New Era"): ("A guide won.",),
    ("E-Government", "E-Government"): ("A guide lost.",),
    ("Annex-A", "Annex A"): ("First of all.", "Last of all."),
    ("Annex-B-Aims", "Annex B. Our Aims"): ("It is a law to get her.",),
}


@pytest.fixture(scope="module")
def health() -> Engine:
    return Engine(index_in_memory((document_of("health", HEALTH),)), VOCABULARY)


VOCABULARY = (("World Health Organization", "WHO"), ("United States", "US"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("WHO", ["1 ¶1"]),  # not “who”
        ("who fell ill", ["Foreword ¶1"]),
        ("when was the WHO asked?", ["1 ¶1"]),
        ("World Health Organization", ["1 ¶1"]),
        ("IT industry", ["1 ¶1"]),
        ("US industry", ["1 ¶1"]),
        ("United States", ["1 ¶1"]),
        ("NGO", ["1 ¶1"]),
        ("the US's IT", ["1 ¶1"]),
        ("new", []),  # of “news”
        ("crisis", ["Foreword ¶1", "1 ¶1"]),
        ("weaponise", ["1.2 ¶1"]),
        ("2014", ["1 ¶2"]),
        ("60%-70%", ["1 ¶2"]),
        ("60 PER CENT", ["1 ¶2"]),
        ('"60 Per Cent"', ["1 ¶2"]),
        ("O'Brien's", ["2.A-Seats ¶1"]),
        ("O'Neill's", []),
        ("seatbelt", ["2.A-Seats ¶1"]),  # a word of English, and two of this text
        ("together", []),  # not “to get her”
        ('"seat b?lt"', ["2.A-Seats ¶1"]),
    ],
)
def test_what_is_found_in_another_text(health: Engine, typed: str, found: list[str]) -> None:
    hits = health.search(Request(typed, sort="position")).results.hits
    assert [hit.paragraph.citation for hit in hits] == found


@pytest.mark.parametrize(
    ("typed", "citation"),
    [
        ("benefits and risks", "1.2"),  # the number is another, or left out
        ("2. Benefits and Risks", "1.2"),
        ("3.1%", ""),
        ("3%", ""),
        ("£2", ""),
        ("60 foreword", ""),
        ("preface", "Foreword"),
        ("introduction ¶1", "Foreword ¶1"),
        ("appendix a", "Annex-A"),
        ("para 2 of annex a", "Annex-A ¶2"),
        ("annex b", "Annex-B-Aims"),  # by its number, or without
        ("our aims", "Annex-B-Aims"),
        ("healths", "1"),
        ("policy", "3"),
        ("defense", "4"),
        ("a", ""),
        ("government", ""),
        ("2.A", "2.A-Seats"),
        ("section 2.A, para 1", "2.A-Seats ¶1"),
        ("Costs ¶1, 1.2 ¶1", "Costs ¶1, 1.2 ¶1"),
        ("what does the last paragraph of annex a say?", "Annex-A ¶2"),
        ("Section 3: Safety", "3"),  # the number counts
        ("1.2%", ""),
        ("seats in cars", "2.A-Seats"),
        ("healthy", ""),
    ],
)
def test_a_place_of_another_text(health: Engine, typed: str, citation: str) -> None:
    assert ", ".join(place.citation for place in health.places.find(typed)) == citation


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('"of the buget"', '"of the budget"'),
        ('"IT industrys"', '"IT industry"'),
        ('"industry of the guides"', None),  # each word occurs, but not so
        ('"industry of healthy"', None),
    ],
)
def test_what_is_suggested_for_a_quotation_occurs(
    health: Engine, typed: str, meant: str | None
) -> None:
    assert health.search(Request(typed)).results.suggestion == meant


def test_any_word_is_never_too_many_words(paper: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.search.lexicon.MAX_EXPANSIONS", 10)  # as in a library
    assert paper.search(Request('"peace * stabilty"')).results.suggestion == '"peace * stability"'
    many = " ".join(word for word in paper.index.text.lexicon.counts if word.isalpha())[:2000]
    notes = paper.search(Request(f'"rule * law" {many}')).results.notes
    assert any(note.startswith("Searched for the 100 rarest") for note in notes)


LACKING = (
    "The section “V. China's Participation in Major Multilateral Mechanisms in the Asia-Pacific "
    "Region” is not in the available text."
)
NO_SUCH = "There is no II.3. The last section of II is II.2. The last paragraph of II is ¶1."


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("II.1 ¶7", "The last paragraph of II.1 is ¶6."),
        ("I.15", "The last paragraph of I is ¶14."),
        *((typed, NO_SUCH) for typed in ("section 2.3", "II.3 ¶1")),
        ("II ¶2", "The last paragraph of II is ¶1."),  # and II.2 is there
        ("II.1 ¶3, II.2 ¶9", "The last paragraph of II.2 is ¶5."),
        (
            "white paper",
            "The State Council Information Office of the People's Republic of China, January 2017.",
        ),
        *((typed, LACKING) for typed in ("V", "section V", "chapter 5", "part five", "V ¶2")),
        (
            "China’s Participation in Major Multilateral Mechanisms in the Asia-Pacific Region",
            LACKING,
        ),
        ("p. 2", "Page 2 of 3 is not in the available text."),
        ("page 2 of 3", "Page 2 of 3 is not in the available text."),
    ],
)
def test_what_is_said_of_a_place(paper: Engine, typed: str, note: str) -> None:
    assert paper.search(Request(typed)).results.notes[0] == note


def test_of_several_papers_the_one_with_the_best_name_comes_first() -> None:
    roads = document_of("a-roads", {("3", "3. Roads"): ("It is.",)})
    water = document_of("b-water", {("3.1", "3.1. Water"): ("It is.",)})
    places = Places([roads, replace(water, title="Water for All: A White Paper")])
    assert [place.document.id for place in places.find("3.1")] == ["b-water", "a-roads"]
    assert [place.document.id for place in places.find("water for all")] == ["b-water"]
    assert [place.document.id for place in places.find("Water for All, section 3.1")] == ["b-water"]
    assert [place.document.id for place in places.find("water white paper, 3.1 ¶1")] == ["b-water"]


def test_the_first_section_may_be_a_foreword_by_someone() -> None:
    sections = {
        ("Foreword-by-the-Minister", "Foreword by the Minister"): ("It is.",),
        ("Our-Foreword", "Our Foreword"): ("It is.",),
    }
    above = {("Text", "Roads"): ("June 2017",)}
    places = Places([document_of("roads", {**above, **sections})])
    assert [place.section for place in places.find("introduction")] == ["Foreword-by-the-Minister"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [("foreword", "Foreword"), ("Foreword, para. 1", "Foreword ¶1"), ("preface ¶1", "Preface ¶1")],
)
def test_a_heading_as_typed_comes_before_one_that_means_the_same(typed: str, first: str) -> None:
    papers = [
        document_of("coasts", {("Preface", "Preface"): ("It is.",)}),
        document_of("poles", {("Foreword", "Foreword"): ("It is.",)}),
    ]
    for each in (papers, papers[::-1]):
        assert next(place.citation for place in Places(each).find(typed)) == first


def test_the_white_paper_is_none_of_several(tiny: Engine) -> None:
    assert tiny.places.find("the white paper") == ()
    assert tiny.places.find("the white paper of the government") == ()


def test_every_place_is_found_by_its_citation_and_its_address(paper: Engine) -> None:
    places = Places(paper.documents)
    for document in paper.documents:
        for paragraph in document.paragraphs:
            for text in (paragraph.citation, paragraph.id, f"/{document.id}/p/{paragraph.id}"):
                [place] = places.find(text)
                assert place.paragraph == paragraph
                assert places.find(place.citation) == places.find(place.url) == (place,)
        for section in document.sections:
            [place] = places.find(section.path)
            assert (place.section, place.paragraph) == (section.path, None)
            assert places.find(place.url) == (place,)


@pytest.mark.parametrize(
    ("typed", "citation"),
    [
        ("Annex-A ¶2", "Annex-A ¶2"),
        ("Annex A ¶2", "Annex-A ¶2"),
        ("annex a", "Annex-A"),
        ("https://example.org/fisheries-2019/Annex-A/2", "Annex-A ¶2"),
        ("https://example.org/fisheries-2019/2.1/1", "2.1 ¶1"),
        ("https://example.org/fisheries-2019/2.1", "2.1"),
        ("https://example.org/another-paper/2", ""),
    ],
)
def test_a_place_of_any_paper(typed: str, citation: str) -> None:
    sections: dict[tuple[str, str], tuple[str, ...]] = {
        ("1", "1. Cod"): ("It is.",),
        ("2", "2. Ling"): (),
        ("2.1", "2.1. Size"): ("It is.",),
        ("Annex-A", "Annex A"): ("It is.", "It was."),
    }
    places = Places([document_of("fisheries-2019", sections)])
    assert [place.citation for place in places.find(typed)] == [citation][: bool(citation)]


def test_an_address_is_no_words(paper: Engine) -> None:
    name = paper.documents[0].id
    results = paper.search(Request(f"http://localhost/{name}/p/pr2rw")).results
    assert (results.total, results.notes) == (0, ("No paragraph has this address.",))
    assert not paper.search(Request(f"http://localhost/{name}/III/2")).results.total
    passage = f"rule of law http://localhost/{name}/p/pr2rw"
    assert first(paper.search(Request(passage)).results) == "I ¶9"
