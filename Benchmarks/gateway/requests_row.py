"""Requests of one kind: the contestants take turns, and are compared with nginx in the same round."""

import dataclasses

from figures import Aim, Section, Verdict, figure, number, ratios
import load

MEBIBYTE = 1 << 20


@dataclasses.dataclass(frozen=True)
class Requests:
    """A measurement whose first contestant is the reference and whose last is Portico."""

    name: str
    title: str
    work: str
    """What the table of aims calls it."""
    contestants: tuple
    load: load.Load
    aims: dict
    """By figure: `cpu`, `p99` or `rate`, each as a ratio."""
    rounds: int = 7
    more: int = 0
    """How many rounds the reference, its twin and Portico alone have besides, where a figure scatters more than so few can
    tell."""
    twin: str = ""
    """A second server like the reference, where there is one: what it is apart from that is what cannot be told."""
    bytes: int = 0
    """What a request moves, where that is told as MB/s."""

    def run(self, field, pace, tell):
        results = {name: [] for name in self.contestants}
        rounds = pace.rounds(self.rounds)
        for turn in range(rounds + (pace.rounds(self.more) if self.more else 0)):
            for name in self.order(turn, turn < rounds):
                tell(f"{self.name}: round {turn + 1}, {name}")
                results[name].append(load.run(field.contestant(name), self.load, pace.seconds))
        return self.section(results)

    def order(self, turn, has_all):
        """Portico and the twin are the neighbors of the reference, each before it in every other round, so that what the
        machine does besides, and what those before leave behind, meets them alike."""
        neighbors = [name for name in (self.twin, self.contestants[0], self.contestants[-1]) if name]
        others = [name for name in self.contestants if name not in neighbors] if has_all else []
        order = neighbors + others
        return order if turn % 2 == 0 else order[::-1]

    def section(self, results):
        reference = results[self.contestants[0]]
        head = ["", "CPU a request", "CPU ratio (quartiles)", "Requests/s", "Rate ratio (quartiles)"]
        if self.bytes:
            head[3] = "MB/s"
        with_latency = reference[0].p99 > 0
        if with_latency:
            head += ["p50 ratio", "p99 ratio (quartiles)"]
        rows = []
        for name in self.contestants:
            own = results[name]
            compared = compare(own, reference)
            rate = figure(result.rate * (self.bytes or 1e6) / 1e6 for result in own)
            row = [
                name, f"{number(figure(result.cpu * 1e6 for result in own).median)} µs", compared["cpu"],
                number(rate.median), compared["rate"],
            ]
            rows.append(row + [number(compared["p50"].median), compared["p99"]] if with_latency else row)
        measured = compare(results[self.contestants[-1]], reference)
        verdicts = [Verdict(self.work, aim, measured[key]) for key, aim in self.aims.items()]
        return Section(self.name, self.title, head, rows, verdicts)


def compare(own, reference):
    """The ratios of every figure that both have."""
    compared = {}
    for key in ["cpu", "rate", "p50", "p99"]:
        mine, theirs = ([getattr(result, key) for result in results] for results in (own, reference))
        if all(mine) and all(theirs):
            compared[key] = ratios(mine, theirs)
    return compared


MEASUREMENTS = [
    Requests(
        "get", "GET of 1 KiB, 64 connections", "1 KiB GET",
        (
            "nginx", "another nginx", "a relay of bytes", "a relay of bytes on SwiftNIO", "nginx, auth_request", "HAProxy",
            "Apache, mod_auth_mellon", "Caddy, forward_auth", "Portico",
        ),
        load.Load(), {"cpu": Aim("CPU to nginx", 0.95), "p99": Aim("p99 to nginx", 1.0)}, rounds=9, more=8,
        twin="another nginx",
    ),
    Requests(
        "steady", "The same, 200 requests in a second on each connection", "1 KiB GET, 12,800 in a second",
        ("nginx", "another nginx", "a relay of bytes", "HAProxy", "Portico"), load.Load(rate=200),
        {"p99": Aim("p99 to nginx", 1.0)}, twin="another nginx",
    ),
    Requests(
        "tls", "The same with TLS", "1 KiB GET with TLS", ("nginx, TLS", "HAProxy, TLS", "Portico, TLS"),
        load.Load(), {"cpu": Aim("CPU to nginx", 1.1)},
    ),
    Requests(
        "http2", "The same with HTTP/2, one request at a time on each connection", "1 KiB GET with HTTP/2",
        ("nginx, TLS", "Portico, TLS"), load.Load(streams=1), {"cpu": Aim("CPU to nginx", 1.1)},
    ),
    Requests(
        "http2-streams", "The same with HTTP/2, 8 connections with 8 requests at a time",
        "1 KiB GET with HTTP/2, 8 streams", ("nginx, TLS", "Portico, TLS"), load.Load(connections=8, streams=8),
        {"cpu": Aim("CPU to nginx", 1.1)}, rounds=5,
    ),
    Requests(
        "100k", "GET of 100 KiB, 64 connections", "100 KiB GET", ("nginx", "HAProxy", "Portico"),
        load.Load(path="/hundred-kibibytes"), {"cpu": Aim("CPU to nginx", 1.0)}, rounds=5,
    ),
    Requests(
        "post", "POST of 1 MiB, 16 connections", "1 MiB POST", ("nginx", "HAProxy", "Portico"),
        load.Load(path="/sink", connections=16, posts=True), {"cpu": Aim("CPU to nginx", 0.9)}, rounds=5,
        bytes=MEBIBYTE,
    ),
    Requests(
        "large", "GET of 64 MiB, 4 connections", "64 MiB GET", ("nginx", "HAProxy", "Portico"),
        load.Load(path="/large", connections=4, length=64 * MEBIBYTE),
        {"rate": Aim("MB/s to nginx", 0.95, is_most=False)}, rounds=5, bytes=64 * MEBIBYTE,
    ),
]
