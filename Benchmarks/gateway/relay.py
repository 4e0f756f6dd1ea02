"""The floor of the comparison: a relay in C that moves bytes and looks at none of them."""

import pathlib
import subprocess

from servers import Server

SOURCE = pathlib.Path(__file__).with_name("relay.c")
PROGRAM = SOURCE.parents[2] / ".build-benchmarks" / "relay"
# What Portico adds to a request of the measurement: identity, the identity token, who asks and by which way.
ADDED = 1_100


class Relay(Server):
    """The relay, which is compiled first."""

    def __init__(self, folder, upstream):
        super().__init__(folder)
        self.upstream = upstream

    def command(self):
        PROGRAM.parent.mkdir(exist_ok=True)
        subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-o", PROGRAM, SOURCE], check=True)
        return [PROGRAM, self.port, self.upstream, ADDED]
