"""The source of the book: notebooks as pages, and the pages beside them.

Nothing is executed. What a notebook keeps for JupyterLab (a twin beside each widget, a
picture attached to its text) becomes what a page needs.
"""

import base64
import json
import re
import shutil

from book import HERE, ROOT, notebooks, reference
from slides.deck import stems

WIDGET = "gd-twin"  # in the style that `gdlib.cells` displays before a widget's twin
ALONE = "Run this cell in JupyterLab to answer."
ATTACHED = re.compile(r"\(attachment:([^)\s]+)\)")
BESIDE = ["README.md", "CLAIMS.md", "CONTRIBUTING.md", "CITATION.cff"]
BESIDE += ["LICENSE", "LICENSE-CC-BY-4.0", "figures/hero.png", "figures/dashboard.png"]
BESIDE += ["deploy/README.md", "deploy/jupyterhub_config.py", "deploy/values.yaml"]
BESIDE += ["deploy/Dockerfile"]


def stage(source):
    """Write the book's source into a folder, which is emptied first."""
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(HERE / "pages", source)
    for name in BESIDE:
        copy(ROOT / name, source / name)
    (source / "reference.md").write_text(reference.page(), encoding="utf-8")
    for path in notebooks():
        page = as_page(json.loads(path.read_text(encoding="utf-8")), path.stem, source)
        target = source / "notebooks" / path.name
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")


def copy(path, target):
    """Copy a file into a folder that may not be there yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, target)


def as_page(notebook, name, source):
    """A notebook as the book shows it; pictures attached to it become files."""
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
        detach(cell, name, source)
        if cell["cell_type"] == "code":
            as_output(cell)
    notebook["cells"][0]["source"] += elsewhere(name)
    return notebook


def detach(cell, name, source):
    """Turn a cell's attached pictures into files beside its page."""
    for title, data in cell.pop("attachments", {}).items():
        target = source / "notebooks" / name / title
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(base64.b64decode(data["image/png"]))
    cell["source"] = ATTACHED.sub(rf"({name}/\1)", cell["source"])


def as_output(cell):
    """Leave of a widget its twin: a picture and its sentence, or a question."""
    outputs = cell["outputs"]
    if not any(WIDGET in "".join(data(o).get("text/html", "")) for o in outputs):
        return
    twin = [o for o in outputs if WIDGET not in "".join(data(o).get("text/html", ""))]
    says = "".join(data(twin[-1]).get("text/plain", ""))
    cell["outputs"] = [o for o in twin if text(o) != ALONE]
    cell["metadata"].setdefault("tags", []).append("widget")
    if any("image/png" in data(o) for o in twin):
        title = says.split(". ")[0]
        cell["metadata"]["mystnb"] = {
            "image": {"alt": f"A picture of the dashboard {title}"}
        }


def data(output):
    """What an output shows, by MIME type."""
    return output.get("data", {})


def text(output):
    """The plain text of an output."""
    return "".join(data(output).get("text/plain", ""))


def elsewhere(name):
    """The line that leads from a page to the same notebook in other shapes."""
    ways = {
        f"../lite/lab/index.html?path={name}.ipynb": "Whole notebook in the browser",
        f"../slides/{name}.html": "Slides",
        f"../files/{name}.ipynb": "Notebook file",
    }
    if name not in stems():
        del ways[f"../slides/{name}.html"]
    links = " · ".join(f'<a href="{to}">{what}</a>' for to, what in ways.items())
    style = '<link rel="stylesheet" href="../_live/live.css">'
    script = f'<script type="module" src="../_live/page.js" data-notebook="{name}">'
    return f'\n\n<p class="gd-elsewhere">{links}</p>\n{style}{script}</script>'
