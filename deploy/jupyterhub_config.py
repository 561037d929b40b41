"""A JupyterHub for one class on one machine: `deploy/hub.sh` starts it.

Every setting is an environment variable:

    CLASS_PASSWORD     what students log in with, 8 characters or more; made up and
                       printed when it is not set
    LECTURER           the name that may look after servers, with LECTURER_PASSWORD,
    LECTURER_PASSWORD  32 characters or more; without them nobody may
    HUB_ADDRESS        where the hub listens; http://:8000
    HUB_FOLDER         its database and cookie secret; /var/lib/gradient-descent, or
                       ~/.local/share/gradient-descent without root
    HUB_TLS_KEY        paths of a key and of its certificate: the hub then speaks https
    HUB_TLS_CERT
    CLASS_SIZE         servers that may run at once; 40
    STUDENT_MEMORY     what one process of a student may take; 1G
    IDLE_SECONDS       after which an unused server is stopped; 3600

As root, each student gets an account of the machine, and files that the others cannot
read. Without root all servers run as whoever started the hub: nothing separates them.
Either way whoever knows the class password can log in under another student's name.
"""

import grp
import os
import pwd
import secrets
import subprocess
import sys
from pathlib import Path

from tornado.web import HTTPError

DEPLOY = Path(__file__).resolve().parent
GROUP = "gradient-descent"  # marks the accounts that the hub has made
AS_ROOT = os.geteuid() == 0
STATE = "/var/lib" if AS_ROOT else "~/.local/share"

c = get_config()  # noqa: F821  JupyterHub reads this file with it at hand


def setting(name, otherwise):
    """An environment variable; one that is empty counts as not set."""
    return os.environ.get(name) or otherwise


def strangers():
    """Names of the machine's accounts that the hub has not made: nobody's log-in."""
    known = [group.gr_gid for group in grp.getgrall() if group.gr_name == GROUP]
    return {user.pw_name for user in pwd.getpwall() if user.pw_gid not in known}


def account(spawner):
    """Make a student's account of the machine; refuse one that was there before.

    Without the refusal, logging in as another account would be using its files. Raises
    HTTPError for a name that is taken, as by accounts that `strangers` cannot list.
    """
    name = spawner.user.name
    subprocess.run(["groupadd", "--force", GROUP], check=True)
    try:
        known = pwd.getpwnam(name)
    except KeyError:
        make = ["useradd", "--create-home", "--gid", GROUP, "--shell", "/bin/bash"]
        subprocess.run([*make, "--", name], check=True)
        os.chmod(pwd.getpwnam(name).pw_dir, 0o700)
        return
    if known.pw_gid != grp.getgrnam(GROUP).gr_gid:
        raise HTTPError(403, f"{name} is an account of this machine already.")


folder = Path(setting("HUB_FOLDER", f"{STATE}/gradient-descent")).expanduser()
folder.mkdir(mode=0o700, parents=True, exist_ok=True)
c.JupyterHub.db_url = f"sqlite:///{folder}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = str(folder / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(folder / "proxy.pid")

c.JupyterHub.bind_url = setting("HUB_ADDRESS", "http://:8000")
c.JupyterHub.ssl_key = setting("HUB_TLS_KEY", "")
c.JupyterHub.ssl_cert = setting("HUB_TLS_CERT", "")
c.JupyterHub.active_server_limit = int(setting("CLASS_SIZE", "40"))
c.JupyterHub.cleanup_servers = True  # the end of the hub is the end of the class

# Who may log in: anyone with the password, under a name that can be an account's.
password = setting("CLASS_PASSWORD", secrets.token_urlsafe(9))
if not os.environ.get("CLASS_PASSWORD"):
    print(f"The class password is {password}", file=sys.stderr)
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = password
c.SharedPasswordAuthenticator.allow_all = True
c.SharedPasswordAuthenticator.username_pattern = r"^[a-z][a-z0-9-]{0,30}\Z"
if os.environ.get("LECTURER"):
    c.SharedPasswordAuthenticator.admin_users = {os.environ["LECTURER"].lower()}
    c.SharedPasswordAuthenticator.admin_password = os.environ["LECTURER_PASSWORD"]

# A server for each student. start.sh copies the notebooks and holds the memory.
if AS_ROOT:
    c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
    c.Spawner.pre_spawn_hook = account
    c.SharedPasswordAuthenticator.blocked_users = strangers()
else:
    c.JupyterHub.spawner_class = "jupyterhub.spawner.SimpleLocalProcessSpawner"
    c.SimpleLocalProcessSpawner.home_dir_template = f"{folder}/students/{{username}}"
c.Spawner.cmd = [str(DEPLOY / "start.sh"), "jupyterhub-singleuser"]
c.Spawner.default_url = "/lab/tree/notebooks/00_start_here.ipynb"
c.Spawner.mem_limit = setting("STUDENT_MEMORY", "1G")
c.Spawner.start_timeout = c.Spawner.http_timeout = 180  # when all of a class log in
# Students share the cores: threads that wait for one another cost more than they save.
c.Spawner.environment = {"OPENBLAS_NUM_THREADS": "1"}

culler = [sys.executable, "-m", "jupyterhub_idle_culler"]
culler += [f"--timeout={int(setting('IDLE_SECONDS', '3600'))}"]
c.JupyterHub.services = [dict(name="culler", command=culler)]
scopes = ["list:users", "read:users:activity", "read:servers", "delete:servers"]
c.JupyterHub.load_roles = [dict(name="culler", services=["culler"], scopes=scopes)]
