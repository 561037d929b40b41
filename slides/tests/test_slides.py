import re
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError

from slides import deck, notebook, page

STEMS = deck.stems()
NOTEBOOKS = sorted(path.stem for path in notebook.NOTEBOOKS.glob("*.ipynb"))
OWN = [stem for stem in STEMS if stem in NOTEBOOKS]
WALK = Path(__file__).with_name("walk.js").read_text(encoding="utf-8")

# Most words on a slide beside its heading, with a picture and without; in its note.
# A question with its options may take more.
WITH_PICTURE, WITHOUT, QUESTION, NOTE = 20, 30, 40, (20, 80)
PICTURES = {"figure", "dashboard", "map"}

# Which directives a slide may hold.
TOGETHER = [{"formula"}, {"code", "output"}]

# Sections of the core whose cells no slide has to name, and why.
IN_WORDS = {
    "Exercises": "a slide asks one of them in words",
    "Summary": "the slide says it shorter",
    "Predict, then watch": "the question is put in words, and the dashboard follows",
}
LEFT_OUT = {
    ("13_the_race", "The scoreboard"): "its table is wider than a slide",
    ("15_same_name_other_formulas", "One step by hand"): "its table is, too",
}


@pytest.fixture(params=STEMS)
def slides(request):
    return deck.read(request.param).slides


@pytest.fixture(params=OWN)
def stem(request):
    return request.param


def words(text):
    text = re.sub(r"\$[^$]+\$", "formula", text)
    return len(re.findall(r"\w[\w'’.,/-]*", text))


def test_every_notebook_has_a_deck():
    assert [stem for stem in NOTEBOOKS if stem not in STEMS] == []


def test_the_first_slide_bears_the_notebooks_name(stem):
    first = notebook.joined(next(iter(notebook.cells(stem).values()))["source"])
    assert deck.read(stem).title == first.partition("\n")[0].removeprefix("# ")


def test_what_the_slides_name_is_there(slides):
    for slide in slides:
        for one in slide.directives:
            assert notebook.fetch(slide, one)


def test_every_slide_has_a_note_of_a_fitting_length(slides):
    few, many = NOTE
    wrong = {slide.where: words(slide.note) for slide in slides}
    assert {where: n for where, n in wrong.items() if not few <= n <= many} == {}


def test_every_note_asks_or_says(slides):
    kinds = re.compile(r"\*\*(Ask|Say|Show)\.\*\*")
    assert [slide.where for slide in slides if not kinds.search(slide.note)] == []


def test_who_asks_also_says_what_to_expect(slides):
    asks = [slide for slide in slides if "**Ask.**" in slide.note]
    assert [slide.where for slide in asks if "**Expect.**" not in slide.note] == []


def test_few_words_stand_on_a_slide(slides):
    assert [(s.where, words(s.text)) for s in slides if words(s.text) > room(s)] == []


def room(slide):
    kinds = {one.kind for one in slide.directives}
    if kinds & PICTURES:
        return WITH_PICTURE
    return QUESTION if "predict" in page.look(slide) else WITHOUT


def test_a_list_has_at_most_four_items(slides):
    items = re.compile(r"(?m)^(?:[-*]|\d+\.) ")
    long = {slide.where: len(items.findall(slide.text)) for slide in slides}
    assert {where: n for where, n in long.items() if n > 4} == {}


def test_a_slide_names_one_thing_or_two_that_go_together(slides):
    for slide in slides:
        kinds = [one.kind for one in slide.directives]
        pair = len(kinds) == 2 and any(set(kinds) >= pair for pair in TOGETHER)
        assert len(kinds) < 2 or pair, slide.where


def test_code_and_output_are_short_enough_to_be_read(slides):
    most = dict(code=(12, 62), output=(10, 84))
    for slide in slides:
        for one in slide.directives:
            if one.kind in most:
                rows, columns = most[one.kind]
                lines = notebook.fetch(slide, one).split("\n")
                assert len(lines) <= rows, (slide.where, len(lines))
                assert max(map(len, lines)) <= columns, (
                    slide.where,
                    max(map(len, lines)),
                )


def test_a_heading_names_one_slide_only(stem):
    headings = [slide.heading for slide in deck.read(stem).slides]
    assert len(set(headings)) == len(headings)


def test_every_section_of_the_core_has_a_slide(stem):
    named = {one.target for slide in deck.read(stem).slides for one in slide.directives}
    exempt = {title for other, title in LEFT_OUT if other == stem} | set(IN_WORDS)
    bare = [title for title, ids in core(stem) if ids and not ids & named]
    assert [title for title in bare if title not in exempt] == []


def core(stem):
    """Yield the title of each section without ★, and the ids of what it can show."""
    title, ids, star = None, set(), False
    for name, cell in notebook.cells(stem).items():
        for piece in pieces(cell):
            if is_text(cell) and piece.startswith(("# ", "## ")):
                yield from [(title, ids)] * (title is not None)
                kept = not piece.startswith(("# ", "## ★"))
                title, ids, star = (piece[3:] if kept else None), set(), False
            elif is_text(cell) and piece.startswith("### "):
                star = "★" in piece
            elif not star and shows(cell, piece):
                ids.add(name)
    yield from [(title, ids)] * (title is not None)


def pieces(cell):
    """Split a text at its headings, which are pieces of their own."""
    text = notebook.joined(cell["source"])
    return re.split(r"(?m)^(#{1,3} .+)$", text) if is_text(cell) else [text]


def shows(cell, piece):
    """Tell a piece with a formula, or with an output that is no question."""
    if is_text(cell):
        return "$$" in piece
    return bool(cell["outputs"]) and not piece.startswith("predict(")


def is_text(cell):
    return cell["cell_type"] == "markdown"


def test_exemptions_are_of_sections_that_are_there():
    there = {(stem, title) for stem in NOTEBOOKS for title, _ in core(stem)}
    assert [key for key in LEFT_OUT if key not in there] == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{figure momentum-99}", "04_momentum has no cell 'momentum-99'."),
        ("{figure momentum-03 2}", "'momentum-03' has no picture 2."),
        ("{output momentum-12}", "'momentum-12' prints nothing."),
        ("{code momentum-02}", "'momentum-02' is no code cell."),
        ("{code momentum-12 3-99}", "'momentum-12' has no line 99."),
        ("{formula momentum-02}", "'momentum-02' has no display formula."),
        ("{dashboard momentum-03}", "'momentum-03' has no dashboard's picture 1."),
        ("{map}", "04_momentum has no map."),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(line, message):
    slide = deck.parse("04_momentum", f"## Here\n\n{line}\n\n???\n\nA note.")
    with pytest.raises(deck.Missing) as error:
        page.section(slide, "", page.Site())
    assert str(error.value) == f"04_momentum, slide “Here”: {message}"


def test_slides_are_borrowed_under_their_heading():
    slide = deck.parse("mine", "# Stop\n\n{slides 04_momentum: The code; Summary}")
    stop, code, summary = deck.lend(slide)
    assert (stop.directives, stop.deck) == ([], "mine")
    assert (code.heading, code.deck) == ("The code", "04_momentum")
    assert summary.heading == "Summary"


def test_a_borrowed_slide_has_to_exist():
    slide = deck.parse("mine", "# Stop\n\n{slides 04_momentum: The cod}")
    with pytest.raises(deck.Missing, match="04_momentum has no slide “The cod”"):
        list(deck.lend(slide))


def test_two_hours_follow_the_plan_of_notebook_00():
    plan = notebook.joined(notebook.cells("00_start_here")["start-07"]["source"])
    stops = re.findall(r"(?m)^\| \d \| \[.+?\]\((\w+)\.ipynb\)", plan)
    lent = [slide.deck for slide in deck.read("two_hours").slides]
    assert list(dict.fromkeys(lent))[1:] == stops


@pytest.mark.parametrize("stem", [*STEMS, "index"])
def test_every_slide_fits_and_nothing_else_is_asked_for(built, browser, stem):
    faults = []
    tab = browser.new_page(viewport=dict(width=1280, height=720))
    tab.on("console", lambda said: faults.append(f"console: {said.text}"))
    tab.on("pageerror", lambda error: faults.append(f"error: {error}"))
    tab.on("requestfailed", lambda asked: faults.append(f"not found: {asked.url}"))
    tab.on("request", lambda asked: faults.extend(foreign(asked.url)))
    tab.goto((built / f"{stem}.html").as_uri())
    if stem != "index":
        faults += walk(tab)
    tab.close()
    assert faults == []


def walk(tab):
    """Say what is wrong on each slide, or that they never came up."""
    try:
        tab.wait_for_function("() => window.Reveal?.isReady?.()", timeout=20_000)
    except PlaywrightError as error:
        return [str(error)]
    return tab.evaluate(WALK)


def foreign(url):
    """Give back an address that leads out of the folder."""
    return [] if url.startswith(("file:", "data:", "blob:")) else [f"asked for {url}"]
