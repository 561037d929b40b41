from collections import defaultdict
from itertools import pairwise

import pytest

from tests.notebook.fresh import as_attachment
from tests.notebook.norms import NORMS, described_alike
from tests.notebook.reading import attached, functions, links, notebooks

NOTEBOOKS = notebooks()


def name(thing):
    return thing.path.stem if hasattr(thing, "path") else thing.__name__


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.parametrize("norm", NORMS, ids=name)
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=name)
def test_norm(notebook, norm):
    faults = list(norm(notebook))
    assert not faults, "\n".join(faults)


def test_no_function_is_written_in_two_notebooks():
    where = defaultdict(set)
    for notebook in NOTEBOOKS:
        for defined, body in functions(notebook):
            where[body].add(f"{defined} in {notebook.path.name}")
    assert [places for places in where.values() if len(places) > 1] == []


def test_no_two_figures_are_described_alike():
    assert described_alike(NOTEBOOKS) == []


@pytest.mark.parametrize(("this", "following"), list(pairwise(NOTEBOOKS)), ids=name)
def test_neighbours_link_to_each_other(this, following):
    assert following.path.name in files_linked(this)
    assert this.path.name in files_linked(following)


@pytest.mark.parametrize("notebook", NOTEBOOKS[1:], ids=name)
def test_every_notebook_links_to_the_map(notebook):
    assert NOTEBOOKS[0].path.name in files_linked(notebook)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=name)
def test_attached_pictures_are_those_of_figures(notebook):
    for cell in notebook.markdown:
        pictures = {name: as_attachment(name) for name in attached(cell.text)}
        assert cell.attachments == pictures, "`make notebooks` attaches them anew"


def files_linked(notebook):
    """The files that a notebook links to, without their fragments."""
    found = [link for cell in notebook.markdown for link in links(cell.text)]
    return [link.partition("#")[0] for link in found]
