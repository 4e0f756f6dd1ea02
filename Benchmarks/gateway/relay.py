"""The floors of the comparison: relays that move bytes and look at none of them, in C and on SwiftNIO."""

import pathlib
import subprocess

from servers import Server

SOURCE = pathlib.Path(__file__).with_name("relay.c")
PROGRAM = SOURCE.parents[2] / ".build-benchmarks" / "relay"
# What Portico adds to a request of the measurement: identity, the identity token, who asks and by which way.
ADDED = 1_000


class Relay(Server):
    """The relay in C, which is compiled first."""

    def __init__(self, folder, upstream):
        super().__init__(folder)
        self.upstream = upstream

    def command(self):
        PROGRAM.parent.mkdir(exist_ok=True)
        subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-o", PROGRAM, SOURCE], check=True)
        return [PROGRAM, self.port, self.upstream, ADDED]


class SwiftNIORelay(Server):
    """The relay that reads with SwiftNIO, which is built first as Portico is."""

    def __init__(self, folder, upstream, *, upgrades=False):
        super().__init__(folder)
        self.upstream = upstream
        self.added = 0 if upgrades else ADDED

    def command(self):
        build = [SOURCE.parents[2] / "Scripts" / "build-release", "ByteRelayBenchmark"]
        program = subprocess.run(build, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        return [program, self.port, self.upstream, self.added]
