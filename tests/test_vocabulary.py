"""Names that mean the same: the file that people edit, and what it makes a search find."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer import corpus
from indexer.cli import main
from indexer.errors import CorpusError
from indexer.search.engine import Engine
from indexer.search.results import Request, Results


@pytest.fixture
def root(corpus_folder: Path, tmp_path: Path) -> Path:
    """A copy of the corpus, to be edited."""
    return Path(shutil.copytree(corpus_folder, tmp_path / "corpus"))


@pytest.fixture(scope="module")
def engine(corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Search over the corpus, with its vocabulary."""
    return Engine.open(corpus_folder, tmp_path_factory.mktemp("index"))


def asked(engine: Engine, text: str) -> tuple[Results, str]:
    """Return results in the order of the search, and citations of them."""
    results = engine.search(Request(text, limit=30)).results
    return results, " ".join(hit.paragraph.citation.replace(" ", "") for hit in results.hits)


# --- the file -------------------------------------------------------------------------------------


def test_a_group_is_a_name_and_its_other_names(root: Path) -> None:
    (root / "vocabulary.toml").write_text(
        '# Names\n\n"Sea" = ["Ocean", "Deep"]  # wet\nLand = []\r\n"Süd" = ["Jižní"]', "utf-8"
    )
    assert corpus.read_vocabulary(root) == (("Sea", "Ocean", "Deep"), ("Land",), ("Süd", "Jižní"))


def test_a_missing_vocabulary_is_empty(root: Path) -> None:
    (root / "vocabulary.toml").unlink()
    assert corpus.read_vocabulary(root) == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('"Sea" = ["Ocean"', "Unclosed array"),
        ("Sea Ocean", "Expected '='"),
        ('"Sea" = "Ocean"', 'not "Name"'),
        ('"Sea" = [1]', 'not "Name"'),
        ('"Sea" = ["Ocean", ""]', 'not "Name"'),
        ('"Sea" = ["-"]', 'not "Name"'),
        ("[Sea]", 'not "Name"'),
        ('"Sea" = ["LAND"]', "“LAND” is already in line 2"),
        ('"Sea" = ["Ocean\udcff"]', "codec can't decode"),
    ],
)
def test_a_faulty_line_is_named(line: str, told: str, root: Path, tmp_path: Path) -> None:
    file = root / "vocabulary.toml"
    file.write_text(f'# Names\n"Land" = []\n{line}\n', "utf-8", errors="surrogateescape")
    with pytest.raises(CorpusError) as caught:
        corpus.read_vocabulary(root)
    assert str(caught.value).startswith(f"{file}, line 3: ")
    assert told in str(caught.value)
    for command in ("build", "check"):
        folders = ["--corpus", str(root), "--index", str(tmp_path / "index")]
        done = CliRunner().invoke(main, [command, *folders])
        assert done.exit_code == 1
        assert str(caught.value) in done.stderr


def test_an_edited_vocabulary_is_used(root: Path, tmp_path: Path) -> None:
    mark = corpus.read_documents(root)[1]
    assert asked(Engine.open(root, tmp_path / "index"), "heartland")[1] == ""
    with (root / "vocabulary.toml").open("a") as file:
        file.write('"Xiangshan" = ["Heartland"]\n')
    assert corpus.read_documents(root)[1] != mark
    assert asked(Engine.open(root, tmp_path / "index"), "heartland")[1] == "I¶8"


# --- what is found --------------------------------------------------------------------------------

FOUND = [
    ("korea", "I¶14 I¶1", "Also finds “Korean Peninsula” for “Korea”."),
    ("US", "I¶6", "Also finds “United States” for “US”."),
    ("U.S.", "I¶6", "Also finds “United States” for “US”."),
    ("common destiny", "I¶6", "Also finds “shared future” for “common destiny”."),
    ("南海", "I¶14 I¶10", "Also finds “South China Sea” for “南海”."),
    (
        "东盟",
        "I¶8 I¶6 II.2¶2 I¶10",
        "Also finds “Association of Southeast Asian Nations” and “ASEAN” for “东盟”.",
    ),
    ("us china relations asia pacific", "I¶6", "Also finds “United States” for “US”."),
    ("usa", "I¶6", "Also finds “United States” for “USA”."),
    ("America's", "I¶6", "Also finds “United States” for “America”."),
    ("BRI", "I¶4", "Also finds “Belt and Road Initiative” for “BRI”."),
    ("One Belt, One Road", "I¶4", "Also finds “Belt and Road Initiative” for “One Belt One Road”."),
    ("aiib OR sdgs", "I¶4 I¶3", "Also finds “Asian Infrastructure Investment Bank” for “AIIB”."),
    ("UN", "I¶13 I¶9 I¶12 I¶3", "Also finds “United Nations” for “UN”."),
    ("russian federation", "I¶6", "Also finds “Russia” for “Russian Federation”."),
    ("usa AND russia", "I¶6", "Also finds “United States” for “USA”."),
    ("u. s.", "I¶6", "Also finds “United States” for “US”."),
    ("American", "I¶6", "Also finds “United States” for “American”."),
    ("Burma", "I¶10", "Also finds “Myanmar” for “Burma”."),
    ("scs", "I¶14 I¶10", "Also finds “South China Sea” for “SCS”."),
    ("sixty per cent", "Preface¶1", "Also finds “60 percent” for “sixty percent”."),
    ("anti-terrorism", "I¶12", "Also finds “counter-terrorism” for “anti-terrorism”."),
    ("great power", "II.2¶3", "Also finds “major powers” for “great powers”."),
    ("Asian-Pacific", None, "Also finds “Asia-Pacific” for “Asian-Pacific”."),
    ("win-win", None, "Also finds “mutually beneficial” for “win-win”."),
    ("security -america", None, "Also leaves out “United States” for “America”."),
]


@pytest.mark.parametrize(("text", "found", "note"), FOUND)
def test_a_name_finds_the_others_and_says_so(
    engine: Engine, text: str, found: str | None, note: str
) -> None:
    results, citations = asked(engine, text)
    assert note in results.notes
    assert "parts instead" not in " ".join(results.notes)
    assert found is None or citations == found


@pytest.mark.parametrize(
    "text",
    [
        '"US"',  # quotes ask for the very words
        "Latin America",  # a name of its own
        "DPRK",  # the text has no name of it
        "Rosłuski",  # “us” is no name in it
    ],
)
def test_what_stands_for_no_other_name(engine: Engine, text: str) -> None:
    results, citations = asked(engine, text)
    assert not any(" for “" in note for note in results.notes)
    assert citations == "" or results.match == "loose"


@pytest.mark.parametrize("text", ["South Korea", "North Korea's missiles"])
def test_a_name_that_does_not_occur_is_not_its_words(engine: Engine, text: str) -> None:
    results, _ = asked(engine, text)
    assert (results.match, results.alternatives) == ("loose", ())


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("中国一带一路倡议", {"china", "belt and road initiative"}),  # names inside a sentence
        ("int'l treaties", {"international", "treaties"}),
        ("South Korea", {"korean"}),
        ("Kim Jong Un", set()),  # no “UN”
        ("kim jong un speech", set()),
        ("United Kingdom relations", {"relations"}),
        ("UN Security Council", set()),
        ("United Nations Security Council", {"united", "nations", "security"}),  # but these are
        ("kim jong un and xi jinping", {"xi jinping"}),
        ("six-party talks north korea", {"six-party talks"}),
        ("south korea nuclear", {"nuclear"}),
        ("korea nuclear", {"korean peninsula", "nuclear"}),
    ],
)
def test_what_is_said_to_be_searched_for_is(engine: Engine, text: str, marked: set[str]) -> None:
    results, _ = asked(engine, text)
    pieces = [each for hit in results.hits for each in hit.spans.cut(hit.paragraph.text)]
    assert {piece.lower() for piece, inside in pieces if inside} == marked
    assert any("“korean” instead" in note for note in results.notes) == ("korean" in marked)


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        ("united states military deployment in the region", "I¶6", "United States"),
        ("how will submarines and drones change the south china sea?", "I¶14", "South China Sea"),
        (
            "does the belt and road initiative help regional integration?",
            "I¶4",
            "Belt and Road Initiative",
        ),
        (
            "what year was the five principles of peaceful coexistence initiated",
            "I¶10",
            "Five Principles of Peaceful Coexistence",
        ),
    ],
)
def test_a_name_in_a_question_is_one_match(
    engine: Engine, text: str, found: str, name: str
) -> None:
    results, citations = asked(engine, text)
    assert citations.split()[0] == found
    marked = [piece for hit in results.hits for piece, _ in hit.spans.cut(hit.paragraph.text)]
    assert name in marked
    assert not {*name.split()} - {"and"} & {*marked}


def test_the_name_as_typed_ranks_first(engine: Engine) -> None:
    _, citations = asked(engine, "United Nations")
    assert citations.split()[-1] == "I¶13"  # "UN Convention"
    assert asked(engine, "UN")[1].split()[0] == "I¶13"


@pytest.mark.parametrize("text", ["the Koreas", "new type of great power relations"])
def test_a_name_that_is_found_in_other_words_is_not_corrected(engine: Engine, text: str) -> None:
    results, _ = asked(engine, text)
    assert (results.suggestion, results.alternatives) == (None, ())


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("us", True),
        ("us alliances", True),
        ("china us relations", True),
        ("what does the US want there", True),
        ("how does China see us alliances?", True),
        ("what does the U.S. want there", True),
        ("what does it tell us", False),
        ("let us seek common ground", False),
        ("LET US SEEK COMMON GROUND", False),
    ],
)
def test_us_is_a_name_in_capitals_or_among_few_words(
    engine: Engine, text: str, is_name: bool
) -> None:
    notes = " ".join(asked(engine, text)[0].notes)
    assert ("for “US”" in notes) == is_name
    assert ("“us”" in notes) != is_name


def test_what_is_marked_is_the_other_name(engine: Engine) -> None:
    (hit,) = asked(engine, "usa")[0].hits
    marked = [piece for piece, inside in hit.spans.cut(hit.paragraph.text) if inside]
    assert marked == ["United States"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("AIIB", "Asian Infrastructure Investment Bank"),
        ("Burma", "Myanmar"),
        ("UN", "UN"),
        ("amer", "United States"),  # of "America", if nothing in the text begins so
        ("one belt, o", "Belt and Road Initiative"),
        ("common dest", "shared future"),
        ("conf", "Confidence-Building Measures"),  # not "conference" or "confrontation"
    ],
)
def test_its_names_are_suggested(engine: Engine, typed: str, first: str) -> None:
    assert engine.suggest(typed)[0].text == first
