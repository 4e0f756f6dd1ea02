"""Two workers against one: the same load, with every processor free for all."""

from figures import Aim, Section, Verdict, figure, number, ratios
import load
from servers import pin

NAME = "workers"
PAIRS = [("nginx", "nginx, 2 workers"), ("Portico", "Portico, 2 workers")]


class Workers:
    """The measurement."""

    name = NAME

    def run(self, field, pace, tell):
        results = {name: [] for pair in PAIRS for name in pair}
        alone = [field.contestant(pair[0]) for pair in PAIRS]
        for contestant in alone:
            pin(contestant.pids(), field.everywhere)
        try:
            for turn in range(pace.rounds(6)):
                for name in results:
                    tell(f"{NAME}: round {turn + 1}, {name}")
                    results[name].append(load.run(field.contestant(name), load.Load(), pace.seconds))
        finally:
            for contestant in alone:
                pin(contestant.pids(), field.own)
        return self.section(results)

    def section(self, results):
        rows, measured = [], {}
        for one, two in PAIRS:
            for name in (one, two):
                measured[name] = tuple(
                    ratios([getattr(r, key) for r in results[name]], [getattr(r, key) for r in results[one]])
                    for key in ("cpu", "rate"))
                cpu, rate = (figure(getattr(r, key) for r in results[name]).median for key in ("cpu", "rate"))
                rows.append([name, f"{number(cpu * 1e6)} µs", measured[name][0], number(rate), measured[name][1]])
        cpu, rate = measured[PAIRS[-1][1]]
        work = "2 workers"
        verdicts = [
            Verdict(work, Aim("CPU a request to one worker's", 1.15), cpu),
            Verdict(work, Aim("requests/s to one worker's", 1.8, is_most=False), rate),
        ]
        head = ["", "CPU a request", "CPU ratio to one worker", "Requests/s", "Rate ratio to one worker"]
        return Section(NAME, "Two workers against one, 1 KiB GET, 64 connections", head, rows, verdicts)
