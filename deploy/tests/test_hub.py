"""A student's start and the hub's settings, without a hub."""

import os
import re
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from tornado.web import HTTPError

DEPLOY = Path(__file__).parents[1]


# The start of a student's server.


@pytest.fixture
def home(tmp_path):
    """A course with two notebooks, and an empty home."""
    (tmp_path / "course/deploy/.venv/fonts").mkdir(parents=True)
    (tmp_path / "course/deploy/.venv/fonts/fontlist.json").write_text("{}")
    (tmp_path / "course/notebooks").mkdir()
    for name in ("00", "01"):
        (tmp_path / f"course/notebooks/{name}.ipynb").write_text("new")
    start = tmp_path / "course/deploy/start.sh"
    start.write_bytes((DEPLOY / "start.sh").read_bytes())
    start.chmod(0o755)
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def start(home, *command, **settings):
    command = [home.parent / "course/deploy/start.sh", *command]
    env = {"HOME": str(home), "PATH": os.environ["PATH"], **settings}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_start_copies_notebooks_once_and_keeps_what_was_changed(home):
    assert start(home, "pwd") == [str(home)]
    assert len(list((home / "notebooks").iterdir())) == 2
    assert (home / ".cache/matplotlib/fontlist.json").exists()
    (home / "notebooks/00.ipynb").write_text("mine")
    (home / "notebooks/01.ipynb").unlink()
    start(home, "true")
    assert (home / "notebooks/00.ipynb").read_text() == "mine"
    assert (home / "notebooks/01.ipynb").read_text() == "new"


def test_start_holds_the_memory(home):
    assert start(home, "bash", "-c", "ulimit -d") == ["unlimited"]
    limited = start(home, "bash", "-c", "ulimit -d", MEM_LIMIT=str(2**30))
    assert limited == [str(2**20)]  # in KiB


@pytest.mark.parametrize("script", sorted(DEPLOY.glob("*.sh")), ids=lambda p: p.name)
def test_scripts_can_be_called(script):
    assert os.access(script, os.X_OK)


# The hub.


class Config(dict):
    """What JupyterHub gives its configuration file: sections made when named."""

    def __getattr__(self, name):
        return self.setdefault(name, SimpleNamespace())


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """A call that reads the configuration, by default without root."""

    def read(uid=1000, **settings):
        for name in re.findall(r"^    ([A-Z_]{5,})\b", source, re.M):
            monkeypatch.delenv(name, raising=False)
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("HUB_FOLDER", str(tmp_path / "hub"))
        monkeypatch.setattr(os, "geteuid", lambda: uid)
        config = Config()
        names = {"get_config": lambda: config, "__file__": str(path)}
        exec(compile(source, path, "exec"), names)
        return SimpleNamespace(**names)

    path = DEPLOY / "jupyterhub_config.py"
    source = path.read_text()
    return read


def test_hub_needs_no_setting(hub, capsys):
    c = hub().c
    password = c.SharedPasswordAuthenticator.user_password
    assert len(password) >= 8
    assert f"The class password is {password}" in capsys.readouterr().err
    assert password != hub().c.SharedPasswordAuthenticator.user_password
    assert not hasattr(c.SharedPasswordAuthenticator, "admin_users")


def test_settings_of_the_hub_arrive(hub, capsys):
    c = hub(
        CLASS_PASSWORD="downhill",
        LECTURER="Ann",
        LECTURER_PASSWORD="x" * 32,
        HUB_ADDRESS="http://:9000",
        CLASS_SIZE="12",
        STUDENT_MEMORY="2G",
        IDLE_SECONDS="60",
    ).c
    assert c.SharedPasswordAuthenticator.user_password == "downhill"
    assert c.SharedPasswordAuthenticator.admin_users == {"ann"}
    assert c.JupyterHub.bind_url == "http://:9000"
    assert c.JupyterHub.active_server_limit == 12
    assert c.Spawner.mem_limit == "2G"
    assert c.JupyterHub.services[0]["command"][-1] == "--timeout=60"
    assert capsys.readouterr().err == ""


def test_every_setting_is_explained_and_read():
    text = (DEPLOY / "jupyterhub_config.py").read_text()
    explained = set(re.findall(r"^    ([A-Z_]{5,})\b", text.split('"""')[1], re.M))
    code = text.split('"""', 2)[2]
    read = set(re.findall(r"""(?:setting|get|environ)[(\[]["']([A-Z_]+)""", code))
    assert read == explained


def test_files_of_the_hub_are_its_own(hub, tmp_path):
    hub()
    assert (tmp_path / "hub").stat().st_mode & 0o777 == 0o700


def test_students_are_apart_only_under_root(hub):
    assert hub().c.JupyterHub.spawner_class.endswith(".SimpleLocalProcessSpawner")
    c = hub(uid=0).c
    assert c.JupyterHub.spawner_class.endswith(".LocalProcessSpawner")
    assert callable(c.Spawner.pre_spawn_hook)
    assert "root" in c.SharedPasswordAuthenticator.blocked_users


@pytest.mark.parametrize("name", ["root", "daemon", "nobody"])
def test_account_of_the_machine_is_refused(hub, monkeypatch, name):
    read = hub(uid=0)
    monkeypatch.setattr(read.grp, "getgrnam", lambda name: SimpleNamespace(gr_gid=4321))
    monkeypatch.setattr(read.subprocess, "run", lambda *_, **__: None)
    with pytest.raises(HTTPError, match="an account of this machine already"):
        read.account(SimpleNamespace(user=SimpleNamespace(name=name)))


def test_account_is_made_once_with_a_home_of_its_own(hub, monkeypatch, tmp_path):
    read, known, calls = hub(uid=0), {}, []

    def run(command, check):
        calls.append(command)
        if command[0] == "useradd":
            known[command[-1]] = SimpleNamespace(pw_gid=4321, pw_dir=str(tmp_path))

    monkeypatch.setattr(read.grp, "getgrnam", lambda name: SimpleNamespace(gr_gid=4321))
    monkeypatch.setattr(read.pwd, "getpwnam", known.__getitem__)
    monkeypatch.setattr(read.subprocess, "run", run)
    for _ in range(2):
        read.account(SimpleNamespace(user=SimpleNamespace(name="zoe")))
    assert [call[0] for call in calls] == ["groupadd", "useradd", "groupadd"]
    assert tmp_path.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["zoe", "ann-2", "root.x", "-rf", "Zoë", "a" * 40, ""])
def test_names_can_be_accounts(hub, name):
    pattern = hub().c.SharedPasswordAuthenticator.username_pattern
    assert bool(re.match(pattern, name)) == (name in ("zoe", "ann-2"))
