"""The contestants: nginx that only forwards, nginx that asks about each request, and Portico with a session."""

import base64
import contextlib
import dataclasses
import hashlib
import os
import subprocess
import typing
import urllib.request

from servers import Failure, Nginx, PostgreSQL, Server, free_port


@dataclasses.dataclass
class Contestant:
    """A server on a port, as the load sees it."""

    name: str
    port: int
    cookie: str
    pids: typing.Callable[[], list]
    """The processes whose time counts."""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/kibibyte"

    def check(self):
        """Sees that the file arrives."""
        request = urllib.request.Request(self.url, headers={"Cookie": self.cookie})
        with urllib.request.urlopen(request, timeout=10) as answer:
            if answer.status != 200 or answer.read() != b"x" * 1024 or answer.url != self.url:
                raise Failure(f"{self.name} does not pass the file on")


@contextlib.contextmanager
def started(folder, portico, upstream_port):
    """Starts every contestant; the first is what the others are compared with."""
    cookie = base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode("ascii")
    header = f"__Host-portico_session={cookie}"
    with contextlib.ExitStack() as stack:
        plain = stack.enter_context(Nginx.proxy(folder / "plain", upstream_port))
        asking = stack.enter_context(Nginx.proxy(folder / "asking", upstream_port, asks=True))
        database = stack.enter_context(PostgreSQL(folder / "postgresql"))
        gateway = stack.enter_context(Portico(folder / "portico", portico, database, upstream_port, cookie))
        yield [
            Contestant("nginx proxy_pass", plain.port, header, plain.worker_pids),
            Contestant("nginx auth_request", asking.port, header, asking.worker_pids),
            Contestant("portico, session checked", gateway.port, header, lambda: [gateway.process.pid]),
        ]


class Portico(Server):
    """`portico serve` with one worker, on a database with one session in it."""

    def __init__(self, folder, binary, database, upstream_port, cookie):
        super().__init__(folder, free_port())
        folder.mkdir()
        environment = {
            "PORTICO_PUBLIC_URL": f"http://localhost:{self.port}",
            "PORTICO_LISTEN": f"127.0.0.1:{self.port}",
            "PORTICO_OPS_LISTEN": f"127.0.0.1:{free_port()}",
            "PORTICO_DATABASE_URL": database.uri,
            "PORTICO_SECRET_KEY": base64.b64encode(os.urandom(32)).decode("ascii"),
            "PORTICO_UPSTREAM": f"http://127.0.0.1:{upstream_port}",
            "PORTICO_LOG_LEVEL": "warning",
            "PORTICO_WORKERS": "1",
        }
        binary = os.path.abspath(binary)
        self.call([binary, "migrate"], environment)
        self.call([binary, "workspace", "create", "company-a", "--name", "Company A"], environment)
        database.psql(SESSION.format(token_hash=hashlib.sha256(
            base64.urlsafe_b64decode(cookie + "=")).hexdigest()))
        self.start([binary, "serve"], environment)

    def call(self, command, environment):
        # Migrations are looked for from the current folder upwards.
        finished = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, **environment})
        if finished.returncode != 0:
            raise Failure(f"{' '.join(command[1:3])} failed: {finished.stdout}{finished.stderr}")


SESSION = """
    WITH workspace AS (SELECT workspace_id FROM workspaces),
    person AS (
        INSERT INTO users (email_sha256, user_id, created_at)
        VALUES (sha256('ann@company-a.example'), gen_random_uuid(), now()) RETURNING user_id
    ), member AS (
        INSERT INTO memberships (workspace_id, user_id, email, display_name, state, role, role_source, created_at)
        SELECT workspace_id, user_id, 'ann@company-a.example', 'Ann Example', 'ACTIVE', 'ADMIN', 'saml_roles', now()
        FROM workspace, person RETURNING workspace_id, user_id
    ), token AS (
        INSERT INTO session_tokens (token_hash, workspace_id, expires_at)
        SELECT decode('{token_hash}', 'hex'), workspace_id, now() + interval '1 day' FROM workspace
    )
    INSERT INTO sessions (workspace_id, session_id, token_hash, user_id, authenticated_at, expires_at, max_idle_seconds,
        last_seen_at, idp_issuer)
    SELECT workspace_id, gen_random_uuid(), decode('{token_hash}', 'hex'), user_id, now(), now() + interval '1 day', 86400,
        now(), 'https://idp.example/metadata'
    FROM member
"""
