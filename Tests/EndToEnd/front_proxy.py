"""Other reverse proxies in front of Portico: nginx, Caddy and HAProxy, each on a free port in a folder of its own."""

import csv
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import urllib.request

from demonstration import ROOT, die_with_parent, eventually, free_port

MANUAL = ROOT / "Docs"


def example(page, heading, addresses):
    """The configuration that a section of the manual shows, with addresses of this machine in place of the shown ones."""
    text = (MANUAL / page).read_text()
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE).group(1)
    lines = "\n".join(line[4:] for line in section.splitlines() if line.startswith("    "))
    for shown, actual in addresses.items():
        assert shown in lines, f"the example under {heading} has no {shown}"
        lines = lines.replace(shown, actual)
    return lines


class FrontProxy:
    """A program that listens on a port of localhost while it is used as a context."""

    stop_signal = signal.SIGTERM

    def __init__(self):
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.folder = None
        self.process = None

    def command(self):
        """Writes what the program needs into the folder and returns its command line."""
        raise NotImplementedError

    @property
    def output(self):
        return (self.folder / "output.txt").read_text()

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="portico-front-"))
        environment = os.environ | {"HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder)}
        with open(self.folder / "output.txt", "w") as output:
            self.process = subprocess.Popen(
                self.command(),
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent,
            )
        try:
            eventually(lambda: self.process.poll() is not None or self.listens(), "the start of the proxy", 60)
            assert self.process.poll() is None, self.output
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *arguments):
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
        self.process.wait(timeout=60)
        shutil.rmtree(self.folder, ignore_errors=True)


class Nginx(FrontProxy):
    """nginx with the manual's `auth_request`."""

    stop_signal = signal.SIGQUIT

    def configure(self, gateway, application):
        addresses = {"127.0.0.1:8080": gateway, "127.0.0.1:3000": application}
        self.locations = example("ForwardAuthentication.md", "nginx", addresses)
        return self

    def command(self):
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(f"""
            {user} daemon off; pid nginx.pid; error_log stderr error; worker_processes 1;
            events {{ worker_connections 256; }}
            http {{
                access_log off; default_type text/plain;
                client_body_temp_path body; proxy_temp_path proxy;
                fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
                server {{
                    listen 127.0.0.1:{self.port};
                    {self.locations}
                }}
            }}
        """)
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        return [program, "-p", self.folder, "-c", self.folder / "nginx.conf"]


class Caddy(FrontProxy):
    """Caddy with the manual's `forward_auth`."""

    def configure(self, gateway, application):
        addresses = {"127.0.0.1:8080": gateway, "127.0.0.1:3000": application}
        self.site = example("ForwardAuthentication.md", "Caddy", addresses)
        return self

    def command(self):
        (self.folder / "Caddyfile").write_text(
            "{\n admin off\n auto_https off\n}\n"
            f"http://localhost:{self.port} {{\n bind 127.0.0.1\n{self.site}\n}}\n"
        )
        return ["caddy", "run", "--adapter", "caddyfile", "--config", self.folder / "Caddyfile"]


class HAProxy(FrontProxy):
    """HAProxy over two nodes, as the manual shows it."""

    def configure(self, nodes, repeats=True, mode="http"):
        """Without `repeats` a request or connection that fails is not tried again anywhere."""
        addresses = {
            f"10.0.0.{number}:8080 check port 9090": f"127.0.0.1:{node.port} check port {node.operations_port}"
            for number, node in enumerate(nodes, 1)
        }
        text = example("Configuration.md", "Several nodes", addresses)
        if mode == "tcp":
            text = text[text.index("\nbackend portico"):]
        lines = text.splitlines()
        if not repeats:
            kept = [line for line in lines if not line.lstrip().startswith(("option redispatch", "retries", "retry-on"))]
            assert len(kept) == len(lines) - 3
            lines = [*kept, "  retries 0"]
        self.mode = mode
        self.backend = "\n".join([*lines, f"  mode {mode}"])
        self.statistics_port = free_port()
        return self

    def sees_all(self):
        """Whether it takes every node for one that wants traffic."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.statistics_port}/;csv", timeout=30) as response:
            rows = list(csv.DictReader(response.read().decode().lstrip("# ").splitlines()))
        states = [row["status"] for row in rows if row["svname"].startswith("node")]
        return states == ["UP", "UP"]

    def command(self):
        (self.folder / "haproxy.cfg").write_text(f"""
global
  maxconn 256
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  timeout check 5s
frontend front
  mode {self.mode}
  bind 127.0.0.1:{self.port}
  default_backend portico
listen statistics
  bind 127.0.0.1:{self.statistics_port}
  stats enable
  stats uri /
{self.backend}
""")
        return [shutil.which("haproxy") or "/usr/sbin/haproxy", "-db", "-f", self.folder / "haproxy.cfg"]
