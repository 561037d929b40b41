"""What a notebook holds: its cells; words, headings, links and functions in them."""

import ast
import json
import re
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "notebooks"
MAGIC = re.compile(r"^([ \t]*)[%!].*$", re.M)
FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.M | re.S)
COMMENT = re.compile(r"<!--.*?-->", re.S)
INLINE_CODE = re.compile(r"(`+)(.+?)\1", re.S)
MATHS = re.compile(
    r"\$\$.*?\$\$|\\begin\{(\w+\*?)\}.*?\\end\{\1\}|(?<!\\)\$[^$\n]+\$", re.S
)
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
IMAGE_TAG = re.compile(r"<img\b[^>]*>", re.S)
SRC = re.compile(r'\bsrc="([^"]*)"')
ALT = re.compile(r'\balt="([^"]*)"')
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
TARGET = re.compile(
    r'\]\(\s*<?([^)>\s]+)|\b(?:href|src)="([^"]+)"|^\[.+?\]:\s*(\S+)', re.M
)
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
HEADING = re.compile(r"^(#{1,6})\s+(.+?)(?:\s+#+)?\s*$", re.M)


@dataclass(frozen=True)
class Cell:
    """One cell: kind ("code" or "markdown"), text, outputs, and what goes with them.

    `alt` is the alternative text of its figures, "" if there is none.
    """

    kind: str
    text: str
    tags: frozenset = frozenset()
    outputs: tuple = ()
    count: int | None = None
    attachments: dict = field(default_factory=dict, repr=False)
    alt: str = ""

    @property
    def lines(self):
        return [line for line in self.text.splitlines() if line.strip()]

    @property
    def code_lines(self):
        return [line for line in self.lines if not line.lstrip().startswith("#")]

    @property
    def tree(self):
        """The syntax tree of a code cell, magics and shell commands left out."""
        return ast.parse(MAGIC.sub(r"\1pass", self.text))

    @property
    def draws(self):
        """Whether a figure of Matplotlib is among its outputs."""
        shown = [output.get("data", {}) for output in self.outputs]
        names = ["".join(data.get("text/plain", "")) for data in shown]
        return any(name.startswith("<Figure") for name in names)


@dataclass(frozen=True)
class Notebook:
    """One notebook: where it is, its cells in order, its own metadata, its size."""

    path: Path
    cells: tuple = field(repr=False)
    metadata: dict = field(repr=False)
    bytes: int = field(repr=False)

    @cached_property
    def code(self):
        return [cell for cell in self.cells if cell.kind == "code"]

    @cached_property
    def markdown(self):
        return [cell for cell in self.cells if cell.kind == "markdown"]

    @cached_property
    def headings(self):
        return [heading for cell in self.markdown for heading in headings(cell.text)]

    @cached_property
    def core(self):
        """The notebook without its ★ sections: what a first reading needs."""
        return Notebook(self.path, tuple(_core(self.cells)), self.metadata, self.bytes)


def _core(cells):
    """The cells, and the parts of them, that stand under no heading with a ★."""
    starred = None  # the level of the ★ heading we are under
    for cell in cells:
        if cell.kind == "code":
            kept = cell.text if starred is None else ""
        else:
            kept = ""
            for part in re.split(r"^(?=#{1,6} )", cell.text, flags=re.M):
                for level, title in headings(part):
                    if starred is None or level <= starred:
                        starred = level if title.startswith("★") else None
                kept += part if starred is None else ""
        if kept:
            yield replace(cell, text=kept)


@cache
def read(path):
    """Read the notebook at this path."""
    raw = Path(path).read_bytes()
    content = json.loads(raw)
    cells = tuple(map(_cell, content["cells"]))
    return Notebook(Path(path), cells, content["metadata"], len(raw))


def notebooks(folder=FOLDER):
    """Every notebook of the course, in order."""
    return [read(path) for path in sorted(folder.glob("*.ipynb"))]


def _cell(raw):
    return Cell(
        raw["cell_type"],
        "".join(raw["source"]),
        frozenset(raw["metadata"].get("tags", ())),
        tuple(raw.get("outputs", ())),
        raw.get("execution_count"),
        raw.get("attachments", {}),
        raw["metadata"].get("mystnb", {}).get("image", {}).get("alt", ""),
    )


def functions(notebook):
    """Pairs (name, body without docstring) of the functions a notebook teaches."""
    taught = [cell for cell in notebook.code if "exercise" not in cell.tags]
    nodes = [node for cell in taught for node in ast.walk(cell.tree)]
    return [(n.name, _body(n)) for n in nodes if isinstance(n, ast.FunctionDef)]


def _body(function):
    skip = ast.get_docstring(function) is not None
    return "\n".join(map(ast.unparse, function.body[skip:]))


def prose(text):
    """The words of a markdown text as a reader counts them: no code, maths or URLs."""
    for pattern in (FENCE, COMMENT, MATHS, IMAGE):
        text = pattern.sub(" ", text)
    return TAG.sub(" ", LINK.sub(r"\1", text))


def words(text):
    """The words of the prose in a markdown text."""
    return [word for word in prose(text).split() if re.search(r"\w", word)]


def headings(text):
    """Pairs (level, text) of the headings in a markdown text."""
    return [
        (len(marks), title) for marks, title in HEADING.findall(FENCE.sub("", text))
    ]


def anchor(title):
    """The fragment that leads to a heading: JupyterLab's rule, as nbconvert's."""
    shown = LINK.sub(r"\1", INLINE_CODE.sub(r"\2", title))
    return re.sub(r"(\*\*|\*|__)(.+?)\1", r"\2", shown).replace(" ", "-")


def links(text):
    """The targets of the links and images in a markdown text."""
    for pattern in (FENCE, COMMENT, INLINE_CODE, MATHS):
        text = pattern.sub(" ", text)
    return ["".join(groups) for groups in TARGET.findall(text)]


def pictures(text):
    """The targets of the images in a markdown text."""
    text = INLINE_CODE.sub(" ", FENCE.sub(" ", text))
    tags = ["".join(SRC.findall(tag)) for tag in IMAGE_TAG.findall(text)]
    return [found[2] for found in IMAGE.finditer(text)] + tags


def attached(text):
    """The names of the attachments that a markdown text shows."""
    found = [link.partition("attachment:") for link in pictures(text)]
    return [name for before, mark, name in found if mark and not before]


def alt_texts(text):
    """The alternative texts of the images in a markdown text, "" where none is."""
    text = INLINE_CODE.sub(" ", FENCE.sub(" ", text))
    tags = [ALT.findall(tag) for tag in IMAGE_TAG.findall(text)]
    alts = [found[1] for found in IMAGE.finditer(text)]
    return alts + ["".join(found) for found in tags]
