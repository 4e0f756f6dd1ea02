"""Starts `portico demo` as a person would and drives what it started."""

import contextlib
import ctypes
import functools
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

from https_address import AUTHORITY, FIXTURES

ROOT = pathlib.Path(__file__).resolve().parents[2]


def binary():
    """The program under test: the debug build, or what PORTICO_BINARY names at the moment."""
    named = os.environ.get("PORTICO_BINARY")
    return pathlib.Path(named) if named else debug_build()


@functools.cache
def debug_build():
    shown = subprocess.run(
        ["swift", "build", "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return pathlib.Path(shown.stdout.strip()) / "portico"


def free_port():
    """A port of 127.0.0.1 that nothing listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def eventually(condition, what, timeout=30):
    """Waits until the condition holds and returns what it returned."""
    deadline = time.monotonic() + timeout
    while True:
        result = condition()
        if result:
            return result
        assert time.monotonic() < deadline, f"{what} never came true"
        time.sleep(0.05)


def status(url):
    """The status that a URL answers with, None where nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def die_with_parent():
    """Asks the kernel to stop this process when the one that runs the tests is gone."""
    PR_SET_PDEATHSIG = 1
    ctypes.CDLL("libc.so.6").prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Demonstration:
    """A running `portico demo`, in a folder of its own, on ports of its own."""

    def __init__(self, folder=None):
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="portico-e2e-"))
        self.owns_folder = folder is None
        self.port = free_port()
        self.process = None
        self.state = None

    @property
    def state_file(self):
        return self.folder / ".portico" / "demo.json"

    @property
    def log(self):
        return (self.folder / "output.txt").read_text()

    def environment(self, **more):
        """The variables of the demonstration, without the caller's own settings."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PORTICO_")}
        environment["PORTICO_LISTEN"] = f"127.0.0.1:{self.port}"
        environment["PORTICO_DEMO_IDP_LISTEN"] = f"127.0.0.1:{free_port()}"
        # What an operator sets whose identity provider publishes its metadata on the inner network.
        environment["PORTICO_FETCH_ALLOW"] = "127.0.0.0/8"
        environment["SSL_CERT_FILE"] = str(AUTHORITY)
        environment.update(more)
        return environment

    def start(self, **environment):
        """Starts it and waits until it says that it is ready."""
        with open(self.folder / "output.txt", "w") as output:
            self.process = subprocess.Popen(
                [binary(), "demo"],
                cwd=self.folder,
                env=self.environment(**environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent,
            )
        eventually(lambda: self.state_file.exists() or self.process.poll() is not None, "the start", 120)
        assert self.process.poll() is None, self.log
        self.state = json.loads(self.state_file.read_text())
        return self

    def stop(self, how=signal.SIGINT):
        """Stops it as Ctrl-C does and returns the exit status."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(how)
        status = self.process.wait(timeout=60)
        self.process = None
        return status

    def remove(self):
        """Stops it and removes its folder."""
        self.stop()
        cluster = self.folder / ".portico" / "postgresql"
        if cluster.is_symlink():
            shutil.rmtree(cluster.resolve(), ignore_errors=True)
        if self.owns_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, path=""):
        return self.state["public_url"] + path

    # People

    @property
    def people(self):
        return json.loads(pathlib.Path(self.state["people_file"]).read_text())

    @people.setter
    def people(self, people):
        file = pathlib.Path(self.state["people_file"])
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps(people))
        fresh.replace(file)

    def set_roles(self, name, roles):
        """What the identity provider says of a person from now on; None takes the attribute away."""
        people = self.people
        attributes = people[name]["attributes"]
        attributes.pop("roles", None)
        if roles is not None:
            attributes["roles"] = roles
        self.people = people

    def add_person(self, name, display_name, roles=None):
        """Somebody new at the identity provider, with an address in the claimed domain."""
        people = self.people
        attributes = {"email": [f"{name}@company.example"], "displayName": [display_name]}
        if roles is not None:
            attributes["roles"] = roles
        people[name] = {"password": name, "attributes": attributes}
        self.people = people

    # The operator

    def portico(self, *arguments, check=True):
        """Runs one of the operator's commands against the demonstration's database."""
        environment = self.environment(PORTICO_DATABASE_URL=self.state["database_url"])
        environment["PORTICO_PUBLIC_URL"] = self.state["public_url"]
        environment["PORTICO_SECRET_KEY_FILE"] = str(self.folder / ".portico" / "secret-key")
        return subprocess.run(
            [binary(), *arguments],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=check,
            timeout=60,
        )

    def sql(self, statement):
        """Asks the database and returns the rows as text."""
        shown = subprocess.run(
            ["psql", "-X", "-q", "-A", "-t", "-c", statement, self.state["database_url"]],
            check=True,
            capture_output=True,
            text=True,
            timeout=30,
        )
        return shown.stdout.strip()

    def ready(self):
        """The status of the operations listener's /ready."""
        return status(self.state["operations_url"] + "/ready")

    def node(self, upstream, **settings):
        """Another gateway on the same database, in front of another application, not started yet."""
        return Node(self, upstream, settings)

    @contextlib.contextmanager
    def another_node(self, upstream, tls=False, **settings):
        """A second gateway on the same database, in front of another application; gives its address."""
        if tls:
            settings["PORTICO_TLS_CERTIFICATE"] = str(FIXTURES / "server.pem")
            settings["PORTICO_TLS_KEY"] = str(FIXTURES / "server.key")
        with self.node(upstream, **settings).start() as node:
            yield node.url

    def database(self):
        return Database(pathlib.Path(self.state["cluster_folder"]))


class Node:
    """`portico serve` on the demonstration's database, with ports that stay its own over restarts."""

    def __init__(self, demo, upstream, settings):
        self.demo = demo
        self.port, self.operations_port = free_port(), free_port()
        scheme = "https" if "PORTICO_TLS_CERTIFICATE" in settings else "http"
        self.url = f"{scheme}://localhost:{self.port}"
        self.output = demo.folder / f"node-{self.port}.txt"
        self.process = None
        own = {
            "PORTICO_LISTEN": f"127.0.0.1:{self.port}",
            "PORTICO_OPS_LISTEN": f"127.0.0.1:{self.operations_port}",
            "PORTICO_PUBLIC_URL": self.url,
            "PORTICO_DATABASE_URL": demo.state["database_url"],
            "PORTICO_SECRET_KEY_FILE": str(demo.folder / ".portico" / "secret-key"),
            "PORTICO_UPSTREAM": upstream,
        }
        self.environment = demo.environment(**(own | settings))

    def is_ready(self):
        return status(f"http://127.0.0.1:{self.operations_port}/ready") == 200

    def start(self):
        """Starts it and waits until it is ready."""
        with open(self.output, "a") as file:
            self.process = subprocess.Popen(
                [binary(), "serve"],
                cwd=self.demo.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent,
            )
        eventually(lambda: self.process.poll() is not None or self.is_ready(), "the node's start", 120)
        assert self.process.poll() is None, self.output.read_text()
        return self

    def stop(self):
        """Stops it gracefully and returns its status."""
        if self.process is None:
            return None
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=60)
        self.process = None
        return status

    def __enter__(self):
        return self

    def __exit__(self, *arguments):
        self.stop()


class Database:
    """The demonstration's PostgreSQL, to be taken away and given back."""

    def __init__(self, folder):
        self.folder = folder
        self.process = None

    def postmaster(self):
        lines = (self.folder / "data" / "postmaster.pid").read_text().splitlines()
        return int(lines[0])

    def stop(self):
        os.kill(self.postmaster(), signal.SIGINT)
        eventually(lambda: not (self.folder / "data" / "postmaster.pid").exists(), "the database's end")

    def start(self):
        """Starts it again under the account that it belongs to, where it was."""
        data = self.folder / "data"
        owner = data.owner()
        version = (data / "PG_VERSION").read_text().strip()
        command = [
            f"/usr/lib/postgresql/{version}/bin/postgres", "-D", data, "-k", self.folder / "socket",
            "-c", "listen_addresses=", "-c", "port=5432",
        ]
        if os.geteuid() == 0:
            command = ["setpriv", f"--reuid={owner}", f"--regid={owner}", "--init-groups", *command]
        self.process = subprocess.Popen(
            command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent,
        )
        eventually(lambda: (self.folder / "data" / "postmaster.pid").exists(), "the database's start")

    def close(self):
        """Stops what `start` started."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)
            self.process = None


def descendants(process_id):
    """The ids of all processes below one."""
    found = []
    for task in pathlib.Path(f"/proc/{process_id}/task").glob("*"):
        try:
            children = (task / "children").read_text().split()
        except OSError:
            continue
        for child in children:
            found += [int(child), *descendants(int(child))]
    return found


def is_alive(process_id):
    try:
        status = pathlib.Path(f"/proc/{process_id}/stat").read_text()
    except OSError:
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"
