"""Print the links of a class: `python deploy/links.py REPOSITORY [--hub URL]`.

REPOSITORY is the address that `git clone` takes. With --hub, nbgitpuller's links, which
copy the repository into a student's folder of that hub and bring it up to date each
time, keeping what they changed. For GitHub and GitLab, Binder's links; for GitHub,
Colab's, with the cell that a notebook needs there. Nothing is asked of any of them.
"""

import argparse
import sys
import textwrap
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
BINDER = "https://mybinder.org"
COLAB = "https://colab.research.google.com"
START = "00_start_here.ipynb"


def folder(repository):
    """The name that a clone of it gets: the last part, without .git."""
    return repository.rstrip("/").split("/")[-1].removesuffix(".git")


def owner_and_name(repository):
    """(host, "owner/name") of an address, https or git@; (None, None) of another.

    GitLab's names may have more parts than two.
    """
    if repository.startswith("git@"):
        host, _, path = repository.removeprefix("git@").partition(":")
    else:
        parts = urlsplit(repository)
        host, path = parts.hostname, parts.path
    path = path.strip("/").removesuffix(".git")
    return (host, path) if host and "/" in path else (None, None)


def puller(hub, repository, branch, notebook):
    """A link into a hub: pull the repository, then open a notebook in JupyterLab.

    The folder is named as the clone is, lest ".git" be a part of it.
    """
    name = folder(repository)
    query = dict(
        repo=repository,
        branch=branch,
        targetPath=name,
        urlpath=f"lab/tree/{name}/notebooks/{notebook}",
    )
    return f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{urlencode(query)}"


def binder(repository, branch, notebook):
    """A link to Binder, which builds the image from .binder/; None if it cannot."""
    host, path = owner_and_name(repository)
    where = quote(f"lab/tree/notebooks/{notebook}", safe="")
    ref = quote(branch, safe="")
    if host == "github.com":
        source = f"gh/{path}"
    elif host == "gitlab.com":
        source = f"gl/{quote(path, safe='')}"
    elif host and repository.startswith("https://"):
        source = f"git/{quote(repository, safe='')}"
    else:
        return None
    return f"{BINDER}/v2/{source}/{ref}?urlpath={where}"


def colab(repository, branch, notebook):
    """A link to Colab, which reads GitHub; None for another repository."""
    host, path = owner_and_name(repository)
    if host != "github.com":
        return None
    return f"{COLAB}/github/{path}/blob/{quote(branch)}/notebooks/{notebook}"


def cell(repository, branch):
    """The first cell in Colab: gdlib from the repository, and its dashboards shown.

    gdlib's ranges leave Colab's own NumPy and Matplotlib as they are.
    """
    host, path = owner_and_name(repository)
    address = f"https://{host}/{path}.git" if host else repository
    return textwrap.dedent(f"""\
        %pip install -q "gdlib[beyond] @ git+{address}@{branch}"
        from google.colab import output
        output.enable_custom_widget_manager()""")


def page(repository, hub, branch, every):
    """Yield the lines that are printed."""
    books = sorted(path.name for path in NOTEBOOKS.glob("[0-9]*.ipynb"))
    books = books if every else [START]
    kinds = [("Binder", binder), ("Colab", colab)]
    if hub:
        kinds.insert(0, ("Hub", lambda *rest: puller(hub, *rest)))
    for title, link in kinds:
        found = [link(repository, branch, name) for name in books]
        if None in found:
            yield f"{title}: not for this repository\n"
            continue
        yield f"{title}:"
        yield from (f"  {address}" for address in found)
        yield ""
    if colab(repository, branch, START):
        yield "The first cell in Colab:"
        yield textwrap.indent(cell(repository, branch), "  ")


def main(arguments=None):
    """Print the links; 2 where an address cannot be one."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("repository", help="the address that git clone takes")
    parser.add_argument("--hub", help="the address of a JupyterHub")
    parser.add_argument("--branch", default="main")
    parser.add_argument("--all", action="store_true", help="for every notebook, not 00")
    asked = parser.parse_args(arguments)
    if asked.hub and urlsplit(asked.hub).scheme not in ("http", "https"):
        parser.error(f"--hub is {asked.hub!r}; allowed: an address with https://")
    print("\n".join(page(asked.repository, asked.hub, asked.branch, asked.all)))


if __name__ == "__main__":
    sys.exit(main())
