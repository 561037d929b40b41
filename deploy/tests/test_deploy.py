"""Links, image, chart and checks: what can be seen of them without starting any."""

import os
import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml

from deploy import links

DEPLOY = Path(links.__file__).parent
ROOT = DEPLOY.parent
TEXTS = [p for p in DEPLOY.iterdir() if p.is_file()]
GITHUB = "https://github.com/OWNER/course.git"


# Links.


def test_puller_asks_for_clone_and_notebook():
    link = links.puller("https://hub.example.org/", GITHUB, "main", links.START)
    parts, asked = urlsplit(link), parse_qs(urlsplit(link).query)
    assert parts.netloc == "hub.example.org"
    assert parts.path == "/hub/user-redirect/git-pull"
    assert asked == {
        "repo": [GITHUB],
        "branch": ["main"],
        "targetPath": ["course"],
        "urlpath": ["lab/tree/course/notebooks/00_start_here.ipynb"],
    }


@pytest.mark.parametrize(
    ("repository", "source"),
    [
        (GITHUB, "gh/OWNER/course"),
        ("git@github.com:OWNER/course.git", "gh/OWNER/course"),
        ("https://gitlab.com/A/B/course", "gl/A%2FB%2Fcourse"),
        ("https://git.example.org/A/c", "git/https%3A%2F%2Fgit.example.org%2FA%2Fc"),
    ],
)
def test_binder(repository, source):
    link = links.binder(repository, "a/b", links.START)
    assert link.startswith(f"https://mybinder.org/v2/{source}/a%2Fb?urlpath=")
    where = unquote(link.partition("urlpath=")[2])
    assert where == "lab/tree/notebooks/00_start_here.ipynb"


def test_colab_reads_github_alone():
    there = "https://colab.research.google.com/github/OWNER/course/blob/main/notebooks/"
    assert links.colab(GITHUB, "main", links.START) == there + links.START
    assert links.colab("https://gitlab.com/A/course", "main", links.START) is None


def test_cell_of_colab_installs_what_the_notebooks_need():
    first = links.cell("git@github.com:OWNER/course.git", "v1").splitlines()[0]
    assert first.endswith(
        '"gdlib[beyond] @ git+https://github.com/OWNER/course.git@v1"'
    )


@pytest.mark.parametrize("repository", ["/srv/course.git", "course", "file:///srv/c"])
def test_folder_on_a_disk_has_no_page_elsewhere(repository):
    assert links.binder(repository, "main", links.START) is None
    assert links.colab(repository, "main", links.START) is None


def test_page_has_every_notebook_and_says_what_is_missing(capsys):
    links.main(["/srv/course.git", "--hub", "https://hub.example.org", "--all"])
    said = capsys.readouterr().out
    books = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert said.count("git-pull") == len(books)
    assert all(said.count(book.name) == 1 for book in books)
    assert "Colab: not for this repository" in said
    assert "google.colab" not in said


def test_hub_without_a_scheme_is_refused(capsys):
    with pytest.raises(SystemExit):
        links.main([GITHUB, "--hub", "hub.example.org"])
    assert "allowed: an address" in capsys.readouterr().err


# The image.


def copied():
    for line in (DEPLOY / "Dockerfile").read_text().splitlines():
        if line.startswith("COPY "):
            yield from line.split()[1:-1]


def test_all_that_the_image_copies_is_there_and_let_through():
    let = {
        line.removeprefix("!").removesuffix("/*.ipynb")
        for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    assert let == set(copied())
    assert all((ROOT / name).exists() for name in let)


def test_image_holds_what_the_package_names():
    project = (ROOT / "pyproject.toml").read_text()
    assert 'readme = "README.md"' in project
    assert 'license-files = ["LICENSE"]' in project
    assert {"README.md", "LICENSE"} <= set(copied())


def test_image_is_not_of_root():
    text = (DEPLOY / "Dockerfile").read_text()
    assert re.findall(r"^USER (.+)", text, re.M) == ["1000"]
    assert "latest" not in text


def pinned(path):
    names = re.findall(r"^([a-z0-9._-]+)==\S+", path.read_text(), re.M | re.I)
    assert names
    return set(names)


def test_versions_of_the_class_are_exact_and_no_others_than_the_courses():
    own, courses = DEPLOY / "requirements.txt", ROOT / "requirements.txt"
    assert not pinned(own) & pinned(courses)
    lines = [x for x in own.read_text().splitlines() if not x.startswith("#")]
    assert all("==" in line for line in lines)


def test_binder_installs_the_course_at_its_versions():
    lines = (ROOT / ".binder/requirements.txt").read_text().splitlines()
    asked = [line for line in lines if not line.startswith("#")]
    assert asked == ["-c ../requirements.txt", "-e .[course,beyond]"]
    python = (ROOT / ".binder/runtime.txt").read_text().strip()
    assert python in {"python-3.11", "python-3.12", "python-3.13"}
    assert os.access(ROOT / ".binder/postBuild", os.X_OK)


# The chart.


def test_values_of_the_chart():
    values = yaml.safe_load((DEPLOY / "values.yaml").read_text())
    student, image = values["singleuser"], values["singleuser"]["image"]
    assert set(image) == {"name", "tag"}
    assert "/" not in image["name"]  # a registry is the lecturer's setting
    version = re.search(
        r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.M
    )
    assert image["tag"] == version[1]
    assert student["memory"] == {"guarantee": "768M", "limit": "2G"}
    assert "user_password" not in yaml.safe_dump(values)
    placeholder = values["scheduling"]["userPlaceholder"]
    assert placeholder["enabled"] is values["scheduling"]["podPriority"]["enabled"]
    assert values["prePuller"]["continuous"] == {"enabled": True}
    hub = values["hub"]["config"]["JupyterHub"]["authenticator_class"]
    assert hub == "shared-password"


def test_hub_and_chart_speak_of_one_jupyterhub():
    series = re.search(
        r"^jupyterhub==(\d+\.\d+)", (DEPLOY / "requirements.txt").read_text(), re.M
    )
    head = (DEPLOY / "values.yaml").read_text().split("hub:")[0]
    assert f"JupyterHub\n# {series[1]}" in head


# What others run.


def test_checks_of_others_call_what_there_is():
    targets = set(
        re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.M)
    )
    github = (ROOT / ".github/workflows/check.yml").read_text()
    gitlab = (ROOT / ".gitlab-ci.yml").read_text()
    for text in (github, gitlab):
        used = set(re.findall(r"(?:run: |- )make ([a-z-]+)", text))
        named = set(re.findall(r"(?:target|TARGET): ([a-z-]+)", text))
        assert {"site", "slides"} <= used <= targets
        assert named == {"test-oldest", "test-newest"}
        assert ".ci/run" in text
    assert yaml.safe_load(github)["permissions"] == {"contents": "read"}
    assert set(yaml.safe_load(github)[True]) == {
        "push",
        "pull_request",
        "workflow_call",
        "workflow_dispatch",
    }


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_addresses_are_public_or_examples(path):
    known = {"mybinder.org", "colab.research.google.com", "hub.jupyter.org"}
    found = re.findall(r"https?://([\w.-]*[a-z])(?=[/:\s\"'`)]|$)", path.read_text())
    assert set(found) <= known | {"hub.example.org", "github.com"}
