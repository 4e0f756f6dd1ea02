"""What is measured: the upstream, Portico with its database and identity provider, and the servers it is compared with.

Each is started when a measurement first asks for it, keeps to one processor, and is stopped at the end. The load, the
upstream and all else have the other processors. With one processor nothing is kept apart.
"""

import contextlib
import dataclasses
import functools
import os
import pathlib
import shlex
import ssl
import subprocess
import sys
import typing
import urllib.request

from apache import Mellon
from browser import Browser
from caddy import Caddy
from demonstration import Demonstration
from haproxy import HAProxy
from https_address import FIXTURES
from nginx import KIBIBYTE, NginxProxy, Upstream
from relay import Relay, SwiftNIORelay
from servers import Failure, Server, pin

SESSION_COOKIE = "__Host-portico_session"
PERSON = "ann"
COMPANY = "company-a"


@dataclasses.dataclass
class Contestant:
    """A server, as the load sees it."""

    name: str
    address: str
    cookie: str
    pids: typing.Callable[[], list]
    """The processes whose time counts."""
    rates: dict = dataclasses.field(default_factory=dict)
    """Requests in a second by the load, where it was loaded before."""

    def check(self):
        """Sees that the file of one kibibyte arrives."""
        request = urllib.request.Request(f"{self.address}/kibibyte", headers={"Cookie": self.cookie})
        context = ssl.create_default_context(cafile=FIXTURES / "authority.pem")
        with urllib.request.urlopen(request, timeout=30, context=context) as answer:
            if answer.status != 200 or answer.read() != b"x" * KIBIBYTE or answer.url != request.full_url:
                raise Failure(f"{self.name} does not pass the file on")


class Echo(Server):
    """The upstream of WebSockets."""

    def command(self):
        return [sys.executable, pathlib.Path(__file__).with_name("echo.py"), self.port]


class Field:
    """Starts and stops what is measured."""

    def __init__(self, folder, portico):
        self.folder = folder
        self.portico = pathlib.Path(portico).resolve()
        self.stack = contextlib.ExitStack()
        self.known = {}
        self.count = 0
        processors = sorted(os.sched_getaffinity(0))
        self.everywhere = set(processors)
        self.own = set(processors[-1:])
        self.others = set(processors[:-1]) or self.own

    def __enter__(self):
        os.environ["PORTICO_BINARY"] = str(self.portico)
        # Children of this process inherit where they may run.
        os.sched_setaffinity(0, self.others)
        return self

    def __exit__(self, *_):
        self.stack.close()
        os.sched_setaffinity(0, self.everywhere)

    @contextlib.contextmanager
    def everywhere_allowed(self):
        """Lets what is started have every processor until the `with` ends."""
        os.sched_setaffinity(0, self.everywhere)
        try:
            yield
        finally:
            os.sched_setaffinity(0, self.others)

    @functools.cached_property
    def demonstration(self):
        """`portico demo`: the database, SimpleSAMLphp, and a gateway to sign in at."""
        demonstration = Demonstration(self.new_folder())
        demonstration.folder.mkdir()
        self.stack.callback(demonstration.remove)
        return demonstration.start()

    @functools.cached_property
    def upstream(self):
        return self.stack.enter_context(Upstream(self.new_folder()))

    @functools.cached_property
    def echo(self):
        return self.stack.enter_context(Echo(self.new_folder()))

    @functools.cached_property
    def cookie(self):
        """The session of a person who signed in through SimpleSAMLphp; every gateway on the database takes it."""
        browser = Browser()
        page = browser.open(self.demonstration.url(f"/.portico/sign-in?company_id={COMPANY}&rd=/"))
        browser.sign_in(page, PERSON)
        return browser.cookie(SESSION_COOKIE)

    def new_folder(self):
        self.count += 1
        return self.folder / str(self.count)

    @contextlib.contextmanager
    def under(self, command):
        """Starts servers by another program, such as valgrind, until the `with` ends; the demonstration is none of them."""
        self.demonstration
        # Without what is there for debuggers, which is too new for some of these programs.
        stripped = self.new_folder()
        subprocess.run(["strip", "--strip-debug", "-o", stripped, self.portico], check=True)
        wrapper = self.new_folder()
        wrapper.write_text(f'#!/bin/sh\nexec {shlex.join([*command, str(stripped)])} "$@"\n')
        wrapper.chmod(0o755)
        os.environ["PORTICO_BINARY"], Server.prefix = str(wrapper), command
        try:
            yield
        finally:
            os.environ["PORTICO_BINARY"], Server.prefix = str(self.portico), []

    def contestant(self, name):
        """The server of a name, started when it is asked for first."""
        if name not in self.known:
            self.known[name] = self.stack.enter_context(self.fresh(name))
        return self.known[name]

    @contextlib.contextmanager
    def fresh(self, name, *, is_warmed=True):
        """A server of its own for one measurement."""
        maker, options = CONTESTANTS[name]
        with maker(self, name, **options) as contestant:
            if is_warmed:
                contestant.check()
            if options.get("workers", 1) == 1:
                pin(contestant.pids(), self.own)
            else:
                pin(contestant.pids(), self.everywhere)
            yield contestant

    @contextlib.contextmanager
    def server(self, name, kind, *, echoes=False, **options):
        """One of those that are compared with Portico."""
        with kind(self.new_folder(), (self.echo if echoes else self.upstream).port, **options) as server:
            scheme = "https" if options.get("tls") else "http"
            yield Contestant(name, f"{scheme}://127.0.0.1:{server.port}", self.cookie, lambda: server.pids)

    @contextlib.contextmanager
    def mellon(self, name):
        entries = pathlib.Path(self.demonstration.state["people_file"]).parent / "metadata" / "saml20-sp-remote.php"
        server = Mellon(self.new_folder(), self.upstream.port, self.demonstration.state["identity_provider_url"])
        with open(entries, "a", encoding="utf-8") as file:
            file.write("\n" + server.provider_entry())
        with server:
            yield Contestant(name, server.url, server.sign_in(PERSON), lambda: server.pids)

    @contextlib.contextmanager
    def gateway(self, name, *, tls=False, workers=1, echoes=False):
        """`portico serve` as in production: identity token and metrics on, access log and tracing off."""
        settings = {"PORTICO_WORKERS": str(workers), "PORTICO_LOG_LEVEL": "warning"}
        if tls:
            settings["PORTICO_TLS_CERTIFICATE"] = str(FIXTURES / "server.pem")
            settings["PORTICO_TLS_KEY"] = str(FIXTURES / "server.key")
        node = self.demonstration.node(f"http://127.0.0.1:{(self.echo if echoes else self.upstream).port}", **settings)
        with node.start():
            address = node.url.replace("localhost", "127.0.0.1")
            yield Contestant(name, address, self.cookie, lambda: [node.process.pid])


# By which name a server is asked for, and how it is made.
CONTESTANTS = {
    "nginx": (Field.server, {"kind": NginxProxy}),
    "another nginx": (Field.server, {"kind": NginxProxy}),
    "nginx, auth_request": (Field.server, {"kind": NginxProxy, "asks": True}),
    "nginx, TLS": (Field.server, {"kind": NginxProxy, "tls": True}),
    "nginx, 2 workers": (Field.server, {"kind": NginxProxy, "workers": 2}),
    "nginx, one process": (Field.server, {"kind": NginxProxy, "single": True}),
    "nginx, WebSocket": (Field.server, {"kind": NginxProxy, "echoes": True, "upgrades": True}),
    "a relay of bytes": (Field.server, {"kind": Relay}),
    "a relay of bytes on SwiftNIO": (Field.server, {"kind": SwiftNIORelay}),
    "a relay on SwiftNIO, WebSocket": (Field.server, {"kind": SwiftNIORelay, "echoes": True, "upgrades": True}),
    "HAProxy": (Field.server, {"kind": HAProxy}),
    "HAProxy, TLS": (Field.server, {"kind": HAProxy, "tls": True}),
    "Apache, mod_auth_mellon": (Field.mellon, {}),
    "Caddy, forward_auth": (Field.server, {"kind": Caddy}),
    "Portico": (Field.gateway, {}),
    "Portico, TLS": (Field.gateway, {"tls": True}),
    "Portico, WebSocket": (Field.gateway, {"echoes": True}),
    "Portico, 2 workers": (Field.gateway, {"workers": 2}),
}
