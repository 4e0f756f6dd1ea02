"""What the first request of a session costs after a restart: of sessions made before it, and of one made since.

The newest sessions are read before a node listens, so the latter is the one that the node has to read for its request.
"""

import statistics
import time

from connections import exchange, get, is_kibibyte, open_connections
from figures import Aim, Section, Verdict, figure
import sessions

NAME = "cold"


class Cold:
    """The measurement: all on one connection, so that what is added is not the connection's."""

    name = NAME

    def run(self, field, pace, tell):
        turns = pace.rounds(15)
        cookies = iter(sessions.make(field, 2 * turns))
        first, other, unknown, warm = [], [], [], []
        for turn in range(turns):
            tell(f"{NAME}: restart {turn + 1}")
            with field.fresh("Portico", is_warmed=False) as contestant:
                connections = open_connections(int(contestant.address.rsplit(":", 1)[1]), 1)

                def seconds(cookie):
                    request, start = get(contestant, cookie), time.perf_counter()
                    exchange(connections, iter([request]), is_kibibyte)
                    return time.perf_counter() - start

                cookie = next(cookies)
                first.append(seconds(cookie))
                warm.append(statistics.median(seconds(cookie) for _ in range(50)))
                other.append(seconds(next(cookies)))
                unknown.append(seconds(*sessions.make(field, 1)))
                connections[0].close()
        added = {
            "the first request after a restart": [1e3 * (one - usual) for one, usual in zip(first, warm)],
            "the first of another session": [1e3 * (one - usual) for one, usual in zip(other, warm)],
            "the first of a session made since": [1e3 * (one - usual) for one, usual in zip(unknown, warm)],
        }
        rows = [[name, figure(values)] for name, values in added.items()]
        rows.append(["a request of a session in memory takes", figure(1e3 * value for value in warm)])
        aim = Aim("ms added", 1)
        verdicts = [Verdict(f"cold session, {name}", aim, figure(values)) for name, values in added.items()]
        title = f"The first requests after a restart, {turns} restarts, PostgreSQL on the same machine"
        return Section(NAME, title, ["", "ms (quartiles)"], rows, verdicts)
