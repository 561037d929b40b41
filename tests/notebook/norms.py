"""The norms a notebook keeps: each takes one and yields what is wrong with it.

The limits are the hard ones; what to aim at is less. `NORMS` lists them all.
"""

import ast
import re
from collections import Counter
from urllib.parse import unquote

from gdlib.cells import WIDGET_VIEW
from tests.notebook.reading import (
    INLINE_CODE,
    alt_texts,
    anchor,
    functions,
    links,
    pictures,
    prose,
    read,
    words,
)

BANNED = re.compile(r"\b(simply|obviously|powerful|just)\b", re.I)
DRAWING = re.compile(r"plt|figs?|figure|ax|axs|axes|ax_\w+|\w+_ax|ax\d|plot_\w+")
HIDDEN_WARNINGS = re.compile(r"warnings\.(filter|simplefilter|catch)|%matplotlib")
NBVAL_COMMENT = re.compile(r"^\s*#\s*(NBVAL_|PYTEST_VALIDATE)", re.M)
FILE = re.compile(r"\.\.[/\\]|^[^\s:]+\.(npz|npy|json|csv|txt|png)$")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)


# Thirteen exercises, each with a story, a curve to judge, a program and its solution.
WIDER = {
    "16_bug_hunt": dict(
        cells=80,
        lines=230,
        core_lines=125,
        core_minutes=50,
        functions=7,
        introduced=0.5,
    )
}


def limit(notebook, norm, usual):
    """The limit of a norm: the usual one, but for a notebook with its own reasons."""
    return WIDER.get(notebook.path.stem, {}).get(norm, usual)


def at_most(limit, found, what):
    """Yield a fault if more than the limit was found."""
    if found > limit:
        yield f"{found} {what}, at most {limit}"


def cells(notebook):
    yield from at_most(limit(notebook, "cells", 60), len(notebook.cells), "cells")


def words_of_prose(notebook):
    yield from at_most(2200, _word_count(notebook), "words of prose")
    yield from at_most(1400, _word_count(notebook.core), "words outside ★ sections")


def code_lines(notebook):
    whole, core = limit(notebook, "lines", 130), limit(notebook, "core_lines", 90)
    yield from at_most(whole, _line_count(notebook), "lines of code")
    yield from at_most(core, _line_count(notebook.core), "lines outside ★ sections")


def core_stands_alone(notebook):
    """Nothing outside the ★ sections uses a name that only they bind."""
    everywhere, core = _bound(notebook.code), _bound(notebook.core.code)
    for cell in notebook.core.code:
        used = {n.id for n in ast.walk(cell.tree) if isinstance(n, ast.Name)}
        if needed := sorted(used & (everywhere - core)):
            yield f"the cell {start(cell)} needs {', '.join(needed)} of a ★ section"


def _bound(cells):
    """The names that these cells assign, define or import."""
    nodes = [node for cell in cells for node in ast.walk(cell.tree)]
    names = {n.id for n in nodes if isinstance(n, ast.Name) and _stored(n)}
    names |= {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    names |= {n.arg for n in nodes if isinstance(n, ast.arg)}
    aliases = [n for n in nodes if isinstance(n, ast.alias)]
    return names | {(n.asname or n.name).split(".")[0] for n in aliases}


def _stored(name):
    return isinstance(name.ctx, ast.Store)


def words_per_code_line(notebook):
    count, lines = _word_count(notebook), _line_count(notebook)
    if count < 8 * lines:
        yield f"{count} words for {lines} lines of code, at least 8 a line"


def _word_count(notebook):
    return sum(len(words(cell.text)) for cell in notebook.markdown)


def _line_count(notebook):
    return sum(len(cell.code_lines) for cell in notebook.code)


def code_cell_length(notebook):
    for cell in notebook.code:
        limit = 18 if "method" in cell.tags else 15
        yield from at_most(limit, len(cell.lines), f"lines in the cell {start(cell)}")


def markdown_cell_length(notebook):
    for cell in notebook.markdown:
        found = len(words(cell.text))
        yield from at_most(200, found, f"words in the cell {start(cell)}")


def start(cell):
    """How the cell begins, to find it by."""
    return repr(cell.text[:40])


def introduced_by_prose(notebook):
    pairs = zip([None, *notebook.cells], notebook.cells, strict=False)
    before = [a.kind if a else None for a, b in pairs if b.kind == "code"]
    share = before.count("markdown") / max(len(before), 1)
    least = limit(notebook, "introduced", 0.75)
    if before and share < least:
        yield f"{share:.0%} of the code cells follow prose, at least {least:.0%}"


def consecutive_code_cells(notebook):
    kinds = "".join(cell.kind[0] for cell in notebook.cells)
    longest = max(map(len, re.findall("c+", kinds)), default=0)
    yield from at_most(3, longest, "code cells in a row")


def functions_defined(notebook):
    found = [name for name, _ in functions(notebook)]
    most = limit(notebook, "functions", 4)
    yield from at_most(most, len(found), f"functions defined ({', '.join(found)})")


def plotting_lines(notebook):
    drawing = sum(len(_drawing_lines(cell.tree)) for cell in notebook.code)
    share = drawing / max(_line_count(notebook), 1)
    if share > 0.15:
        yield f"{share:.0%} of the code lines draw, at most 15 %"


def _drawing_lines(module):
    simple = [n for n in ast.walk(module) if isinstance(n, ast.stmt)]
    simple = [n for n in simple if not hasattr(n, "body") and _draws(n)]
    return {line for n in simple for line in range(n.lineno, n.end_lineno + 1)}


def _draws(statement):
    names = [n.id for n in ast.walk(statement) if isinstance(n, ast.Name)]
    return any(DRAWING.fullmatch(name) for name in names)


def execution_counts(notebook):
    counts = [cell.count for cell in notebook.code]
    if counts != list(range(1, len(counts) + 1)):
        yield f"execution counts are {counts}, not 1, 2, 3, …: `make notebooks`"


def file_size(notebook):
    yield from at_most(400_000, notebook.bytes, "bytes")


def heading_levels(notebook):
    levels = [level for level, _ in notebook.headings]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} first-level headings, exactly 1"
    for (before, _), (level, title) in zip(
        [(0, ""), *notebook.headings], notebook.headings, strict=False
    ):
        if level > before + 1:
            yield f"the heading {title!r} skips a level"


def clean_outputs(notebook):
    for cell in notebook.code:
        for output in cell.outputs:
            if output["output_type"] == "error" or output.get("name") == "stderr":
                yield f"the cell {start(cell)} shows an error or a warning"
            if WIDGET_VIEW in output.get("data", ()):
                yield f"the cell {start(cell)} keeps a widget: `make notebooks`"


def metadata(notebook):
    held = notebook.metadata
    if held.get("kernelspec", {}).get("name") != "python3":
        yield "the kernel is not python3"
    if surplus := held.keys() - {"kernelspec", "language_info"}:
        yield f"metadata holds {', '.join(sorted(surplus))}: `make notebooks`"
    if "version" in held.get("language_info", ()):
        yield "metadata holds the Python version: `make notebooks`"


def alternative_texts(notebook):
    for cell in notebook.markdown:
        for alt in alt_texts(cell.text):
            if len(alt.split()) < 5:
                yield f"an image has the alternative text {alt!r}, at least 5 words"


def figures_described(notebook):
    """Who cannot see a figure has the text in its cell's metadata."""
    for cell in notebook.cells:
        count = len(cell.alt.split())
        if cell.draws and count < 8:
            yield f"{count} words describe the figure of {start(cell)}, at least 8"
        if cell.alt and not cell.draws:
            yield f"the cell {start(cell)} describes a figure that it does not show"
        yield from at_most(300, len(cell.alt), f"characters describe {start(cell)}")


def described_alike(notebooks):
    """The texts that describe the figures of more than one cell of the course."""
    texts = [cell.alt for notebook in notebooks for cell in notebook.cells if cell.alt]
    return [text for text, count in Counter(texts).items() if count > 1]


def voice(notebook):
    for cell in notebook.markdown:
        for word in BANNED.findall(INLINE_CODE.sub(" ", prose(cell.text))):
            yield f"says {word!r} in the cell {start(cell)}"


def links_resolve(notebook):
    for cell in notebook.markdown:
        for link in links(cell.text):
            if not SCHEME.match(link) and not resolves(link, notebook.path):
                yield f"the link {link!r} leads nowhere"


def resolves(link, source):
    """Whether a relative link from the notebook at `source` leads somewhere."""
    target, _, fragment = unquote(link).partition("#")
    path = (source.parent / target).resolve() if target else source
    if not path.exists() or not fragment or path.suffix != ".ipynb":
        return path.exists()
    return fragment in [anchor(title) for _, title in read(path).headings]


def stands_alone(notebook):
    """It names no file beside it and holds its pictures: it may be all there is."""
    for cell in notebook.code:
        strings = [n.value for n in ast.walk(cell.tree) if isinstance(n, ast.Constant)]
        for text in strings:
            if isinstance(text, str) and FILE.search(text):
                yield f"the cell {start(cell)} names the file {text!r}"
    for cell in notebook.markdown:
        held = [f"attachment:{name}" for name in cell.attachments]
        for link in links(cell.text):
            if ".." in link:
                yield f"the link {link!r} leads out of the folder"
        for picture in pictures(cell.text):
            if picture not in held:
                yield f"the picture {picture!r} is not attached: `make notebooks`"


def nothing_hidden(notebook):
    for cell in notebook.code:
        if HIDDEN_WARNINGS.search(cell.text):
            yield f"the cell {start(cell)} filters warnings or uses %matplotlib"
        if "nbval-skip" in cell.tags or NBVAL_COMMENT.search(cell.text):
            yield f"the cell {start(cell)} hides from the comparison of outputs"


NORMS = [
    cells,
    words_of_prose,
    code_lines,
    core_stands_alone,
    words_per_code_line,
    code_cell_length,
    markdown_cell_length,
    introduced_by_prose,
    consecutive_code_cells,
    functions_defined,
    plotting_lines,
    execution_counts,
    file_size,
    heading_levels,
    clean_outputs,
    metadata,
    alternative_texts,
    figures_described,
    voice,
    links_resolve,
    stands_alone,
    nothing_hidden,
]
