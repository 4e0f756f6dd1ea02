"""The servers of the measurement: each runs in a folder of its own and is stopped by its process id."""

import contextlib
import glob
import os
import pathlib
import pwd
import signal
import socket
import subprocess
import time


class Failure(Exception):
    """Why there is nothing to report."""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for_port(port, process, log):
    for _ in range(600):
        if process.poll() is not None:
            raise Failure(f"{process.args[0]} ended at its start:\n{log.read_text(errors='replace')[-2000:]}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise Failure(f"{process.args[0]} does not listen on port {port}")


class Server:
    """A process that is there within a `with` statement."""

    def __init__(self, folder, port):
        self.folder = folder
        self.port = port
        self.process = None

    def start(self, command, environment=None, stop_signal=signal.SIGTERM):
        self.stop_signal = stop_signal
        log = self.folder / "log"
        with open(log, "wb") as output:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=self.folder,
                env={**os.environ, **(environment or {})},
            )
        if self.port is not None:
            wait_for_port(self.port, self.process, log)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def worker_pids(self):
        """The children of the process, or itself when it has none."""
        pid = self.process.pid
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        return [int(child) for child in children] or [pid]


class Nginx(Server):
    """nginx in the foreground with one worker."""

    PREAMBLE = """
        daemon off; pid nginx.pid; error_log stderr error; worker_processes 1;
        events {{ worker_connections 4096; }}
        http {{
            access_log off; keepalive_requests 100000000; default_type text/plain;
            client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
            {servers}
        }}
    """

    @classmethod
    def upstream(cls, folder):
        """The upstream: one file of 1 KiB, and an answer without a body for those who ask whether a request may pass."""
        folder.mkdir()
        (folder / "kibibyte").write_bytes(b"x" * 1024)
        port = free_port()
        return cls(folder, port, f"""
            server {{
                listen 127.0.0.1:{port} backlog=4096; root {folder};
                location = /allowed {{ return 204; }}
            }}
        """)

    @classmethod
    def proxy(cls, folder, upstream_port, asks=False):
        """The reverse proxy; when it asks, each request costs another to a service that always allows it."""
        folder.mkdir()
        port = free_port()
        question = "auth_request /question;" if asks else ""
        return cls(folder, port, f"""
            upstream application {{ server 127.0.0.1:{upstream_port}; keepalive 128; keepalive_requests 100000000; }}
            server {{
                listen 127.0.0.1:{port} backlog=4096;
                proxy_http_version 1.1; proxy_set_header Connection "";
                location / {{ {question} proxy_pass http://application; }}
                location = /question {{
                    internal; proxy_pass http://application/allowed;
                    proxy_pass_request_body off; proxy_set_header Content-Length ""; proxy_set_header Connection "";
                }}
            }}
        """)

    def __init__(self, folder, port, servers):
        super().__init__(folder, port)
        configuration = folder / "nginx.conf"
        configuration.write_text(self.PREAMBLE.format(servers=servers), encoding="ascii")
        self.start(["/usr/sbin/nginx", "-p", str(folder), "-c", str(configuration)], stop_signal=signal.SIGQUIT)


class PostgreSQL(Server):
    """A private cluster behind a UNIX socket."""

    def __init__(self, folder):
        super().__init__(folder, None)
        folder.mkdir()
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not found:
            raise Failure("PostgreSQL is not installed: Scripts/install-packages bench")
        self.programs = pathlib.Path(found[-1])
        # initdb refuses root.
        self.account = []
        if os.geteuid() == 0:
            self.account = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            entry = pwd.getpwnam("postgres")
            os.chown(folder, entry.pw_uid, entry.pw_gid)
        self.uri = f"postgresql:///portico?host={folder}&user=postgres"
        data = folder / "data"
        self.call("initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        self.start(
            self.account + [str(self.programs / "postgres"), "-D", str(data), "-k", str(folder), "-c", "fsync=off"]
            + ["-c", "listen_addresses="],
            stop_signal=signal.SIGINT,
        )
        for _ in range(300):
            if (folder / ".s.PGSQL.5432").exists() and self.psql("SELECT 1", database="postgres", check=False) == "1":
                self.psql("CREATE DATABASE portico", database="postgres")
                return
            time.sleep(0.1)
        raise Failure("PostgreSQL does not answer")

    def call(self, program, *arguments):
        command = self.account + [str(self.programs / program), *map(str, arguments)]
        finished = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.folder)
        if finished.returncode != 0:
            raise Failure(f"{program} failed: {finished.stderr}")

    def psql(self, statement, database="portico", check=True):
        command = ["psql", "-X", "-q", "-A", "-t", "-h", str(self.folder), "-U", "postgres", "-d", database]
        finished = subprocess.run(
            command + ["-v", "ON_ERROR_STOP=1", "-c", statement], capture_output=True, text=True, check=False)
        if finished.returncode != 0 and check:
            raise Failure(f"psql failed: {finished.stderr}")
        return finished.stdout.strip()
