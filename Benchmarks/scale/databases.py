"""Two installations in one PostgreSQL: one with ten workspaces, one with very many, each with a gateway of its own."""

import contextlib
import pathlib
import subprocess
import time

from demonstration import Node
from servers import Failure

FILL = pathlib.Path(__file__).with_name("fill.sql")
SMALL, LARGE = "ten", "many"
# How many events the audit log has of each person.
TURNS = 10


class Installation:
    """A database like the demonstration's, filled, and a gateway in front of it."""

    def __init__(self, demonstration, name, *, workspaces, memberships, vast):
        self.demonstration, self.name = demonstration, name
        self.numbers = {"workspaces": workspaces, "memberships": memberships, "vast": vast, "turns": TURNS}
        self.url = demonstration.state["database_url"].replace("///portico?", f"///{name}?", 1)
        self.node = None

    def fill(self):
        """Copies the demonstration's database and fills the copy."""
        self.demonstration.sql(f"CREATE DATABASE {self.name}")
        source = self.demonstration.state["database_url"]
        with subprocess.Popen(["pg_dump", source], stdout=subprocess.PIPE) as dump:
            psql(self.url, stdin=dump.stdout)
        if dump.returncode != 0:
            raise Failure("the demonstration's database could not be copied")
        psql(self.url, *[f"--set={name}={value}" for name, value in self.numbers.items()], f"--file={FILL}")
        # Sealing looks every log up in what is empty for the statistics of before.
        self.sql("ANALYZE")

    def seal(self):
        """Waits until the gateway has chained the events that were filled in, and answers the seconds."""
        start = time.monotonic()
        while int(self.sql("SELECT count(*) FROM audit_unsealed")) > 0:
            time.sleep(1)
        seconds = time.monotonic() - start
        for statement in ["VACUUM (ANALYZE)", "CHECKPOINT"]:
            self.sql(statement)
        return seconds

    def sql(self, statement):
        return psql(self.url, "--command", statement)

    def counts(self):
        """How many workspaces, memberships and events there are."""
        tables = ["workspaces", "memberships", "audit_events"]
        counts = [int(self.sql(f"SELECT count(*) FROM {table}")) for table in tables]
        size = int(self.sql("SELECT pg_database_size(current_database())"))
        return *counts, size

    def __enter__(self):
        """Starts the gateway; it has the demonstration's name, which is the one that the identity provider knows."""
        node = Node(self.demonstration, self.demonstration.state["application_url"], {})
        node.environment |= {
            "PORTICO_DATABASE_URL": self.url, "PORTICO_PUBLIC_URL": self.demonstration.state["public_url"],
            "PORTICO_LOG_LEVEL": "warning",
        }
        self.node = node.start()
        return self

    def __exit__(self, *_):
        self.node.stop()

    @property
    def port(self):
        return self.node.port


@contextlib.contextmanager
def settings_of_filling(demonstration):
    """Lets PostgreSQL write much at once, and not wait for the disk; it is measured with its default settings."""
    for setting in ["autovacuum = off", "max_wal_size = '8GB'", "synchronous_commit = off"]:
        demonstration.sql(f"ALTER SYSTEM SET {setting}")
    demonstration.sql("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        demonstration.sql("ALTER SYSTEM RESET ALL")
        demonstration.sql("SELECT pg_reload_conf()")


def psql(url, *arguments, stdin=subprocess.DEVNULL):
    command = ["psql", "-X", "-q", "-A", "-t", "--set=ON_ERROR_STOP=1", *arguments, url]
    done = subprocess.run(command, stdin=stdin, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failure(f"psql failed:\n{done.stderr}")
    return done.stdout.strip()
