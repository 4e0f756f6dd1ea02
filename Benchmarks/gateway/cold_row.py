"""What the first request of a session costs after a restart: of sessions made before it, and of one made since.

The newest sessions are read before a node listens, so the latter is the one that the node has to read for its request.
It is compared with a request of a session in memory at such a moment too: behind the pause that it takes to make one.
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
        first, other, unknown, warm, paused = [], [], [], [], []
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
                since = sessions.make(field, 1)
                paused.append(seconds(cookie))
                sessions.make(field, 1)
                unknown.append(seconds(*since))
                connections[0].close()
        added = {
            "the first request after a restart": [1e3 * (one - usual) for one, usual in zip(first, warm)],
            "the first of another session": [1e3 * (one - usual) for one, usual in zip(other, warm)],
            "the first of a session made since": [1e3 * (one - usual) for one, usual in zip(unknown, paused)],
        }
        rows = [[name, figure(values)] for name, values in added.items()]
        rows.append(["a request of a session in memory takes", figure(1e3 * value for value in warm)])
        rows.append(["the same behind a pause, as when one was made", figure(1e3 * value for value in paused)])
        aim = Aim("ms added", 1)
        verdicts = [Verdict(f"cold session, {name}", aim, figure(values)) for name, values in added.items()]
        title = f"The first requests after a restart, {turns} restarts, PostgreSQL on the same machine"
        return Section(NAME, title, ["", "ms (quartiles)"], rows, verdicts)
