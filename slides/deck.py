"""Read a deck: a Markdown file becomes slides, each with its text and its note."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DECKS = Path(__file__).parent / "decks"
DIRECTIVE = re.compile(r"\{(figure|dashboard|code|output|formula|map|slides)\b(.*)\}")
FENCE = "???"


class Missing(LookupError):
    """A slide names something that is not there; the message says where and what."""


@dataclass(frozen=True)
class Directive:
    """A line such as `{code momentum-12 1-4}`: kind, the cell's id, which part."""

    kind: str
    target: str = ""
    part: str = ""


@dataclass(frozen=True)
class Slide:
    """One slide: heading, blocks (Markdown or a Directive) and note.

    `deck` is the stem of the notebook whose cells the directives name; it stays with
    a slide that another deck borrows. A `title` has one `#` and stands alone.
    """

    deck: str
    heading: str
    blocks: tuple
    note: str
    title: bool = False

    @property
    def where(self):
        """Name the deck and the slide, as an error message does."""
        return f"{self.deck}, slide “{self.heading}”"

    @property
    def directives(self):
        """The blocks that take something from a notebook."""
        return [block for block in self.blocks if isinstance(block, Directive)]

    @property
    def text(self):
        """The sentences that the deck itself writes under the heading."""
        return "\n\n".join(block for block in self.blocks if isinstance(block, str))


@dataclass(frozen=True)
class Deck:
    """All slides of one file, in order."""

    stem: str
    slides: tuple

    @property
    def title(self):
        """The heading of the title slide."""
        return self.slides[0].heading

    @property
    def subtitle(self):
        """The sentence under it."""
        return self.slides[0].text


def stems(folder=DECKS):
    """Names of all decks, sorted, without `.md`."""
    return sorted(path.stem for path in folder.glob("*.md"))


@cache
def read(stem, folder=DECKS):
    """Read a deck; slides that it borrows stand where it names them."""
    path = folder / f"{stem}.md"
    if not path.exists():
        raise Missing(f"There is no deck {stem}.")
    pages = re.split(r"(?m)^---[ \t]*$", path.read_text(encoding="utf-8"))
    slides = [parse(stem, page) for page in pages if page.strip()]
    return Deck(stem, tuple(one for slide in slides for one in lend(slide, folder)))


def parse(stem, page):
    """Take one page apart into heading, blocks and note."""
    body, _, note = page.partition(f"\n{FENCE}")
    sign, _, heading = body.strip().partition("\n")[0].partition(" ")
    if sign not in ("#", "##"):
        raise Missing(f"{stem}: a slide has no heading: {body.strip()[:60]!r}.")
    blocks = tuple(split(body.strip().partition("\n")[2]))
    return Slide(stem, heading.strip(), blocks, note.strip(), title=sign == "#")


def split(body):
    """Yield the blocks of a body: Markdown as strings, directives apart from it."""
    text = []
    for line in body.splitlines():
        if found := DIRECTIVE.fullmatch(line.strip()):
            yield from gathered(text)
            text = []
            yield directive(*found.groups())
        else:
            text.append(line)
    yield from gathered(text)


def gathered(lines):
    """Yield these lines as one block, unless they are blank."""
    if joined := "\n".join(lines).strip():
        yield joined


def directive(kind, rest):
    """Make a Directive of what stands between the braces."""
    if kind == "slides":
        stem, _, headings = rest.strip().partition(":")
        return Directive(kind, stem.strip(), headings.strip())
    target, _, part = rest.strip().partition(" ")
    return Directive(kind, target, part.strip())


def lend(slide, folder=DECKS):
    """Yield the slide, or in its place and order the slides that it borrows."""
    borrowed = [one for one in slide.directives if one.kind == "slides"]
    if not borrowed:
        yield slide
    else:
        own = tuple(block for block in slide.blocks if block not in borrowed)
        yield Slide(**(vars(slide) | dict(blocks=own)))
        for one in borrowed:
            yield from chosen(slide, one, folder)


def chosen(slide, one, folder=DECKS):
    """Yield the slides of another deck with the headings that a directive lists."""
    theirs = {other.heading: other for other in read(one.target, folder).slides}
    for heading in filter(None, map(str.strip, one.part.split(";"))):
        if heading not in theirs:
            raise Missing(f"{slide.where}: {one.target} has no slide “{heading}”.")
        yield theirs[heading]
