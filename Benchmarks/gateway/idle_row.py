"""What an idle connection takes: each made one request, and is kept open."""

import time

from connections import exchange_once, get, is_kibibyte, open_connections
from figures import Aim, Section, Verdict, figure
from servers import resident_bytes

NAME = "idle"
CONTESTANTS = ["nginx", "Portico"]
KIBIBYTE = 1024


class Idle:
    """The measurement: every round with servers of its own, because memory that was used once is kept."""

    name = NAME

    def run(self, field, pace, tell):
        count = pace.amount(10_000)
        results = {name: [] for name in CONTESTANTS}
        for turn in range(pace.rounds(3)):
            for name in CONTESTANTS:
                tell(f"{NAME}: round {turn + 1}, {name}")
                with field.fresh(name) as contestant:
                    results[name].append(each(contestant, count) / KIBIBYTE)
        rows = [[name, figure(values)] for name, values in results.items()]
        verdict = Verdict("10,000 idle connections", Aim("KiB each", 6), figure(results["Portico"]))
        return Section(NAME, f"{count:,} idle connections, each after one request", ["", "KiB each"], rows, [verdict])


def each(contestant, count):
    """The bytes of resident memory that a connection added."""
    port = int(contestant.address.rsplit(":", 1)[1])
    # What a first request makes once is not the connections'.
    first = open_connections(port, 64)
    exchange_once(first, [get(contestant)] * len(first), is_kibibyte)
    for connection in first:
        connection.close()
    before = resident_bytes(contestant.pids())
    connections = open_connections(port, count)
    exchange_once(connections, [get(contestant)] * count, is_kibibyte)
    time.sleep(1)
    grown = resident_bytes(contestant.pids()) - before
    for connection in connections:
        connection.close()
    return grown / count
