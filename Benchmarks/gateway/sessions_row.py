"""What sessions take in memory: each is read from the database for one request, and holds its token after it."""

from connections import AT_A_TIME, exchange, get, is_kibibyte, open_connections
from figures import Aim, Section, Verdict, figure, number
from servers import resident_bytes
import sessions

NAME = "sessions"
FULL = 100_000


class Sessions:
    """The measurement."""

    name = NAME

    def run(self, field, pace, tell):
        count = pace.amount(FULL)
        tell(f"{NAME}: {count} sessions into the database")
        cookies = sessions.make(field, count)
        with field.fresh("Portico") as contestant:
            port = int(contestant.address.rsplit(":", 1)[1])
            connections = open_connections(port, AT_A_TIME)
            exchange(connections, iter([get(contestant)] * 1000), is_kibibyte)
            before = resident_bytes(contestant.pids())
            tell(f"{NAME}: a request of each")
            exchange(connections, (get(contestant, cookie) for cookie in cookies), is_kibibyte)
            grown = resident_bytes(contestant.pids()) - before
            for connection in connections:
                connection.close()
        total = figure([grown / count * FULL / 1e6])
        rows = [["Portico", number(grown / count), number(total.median)]]
        title = f"{FULL:,} sessions in memory" + ("" if count == FULL else f", counted with {count:,}")
        verdict = Verdict("100,000 sessions in memory", Aim("MB", 100), total)
        return Section(NAME, title, ["", "Bytes each", "MB"], rows, [verdict])
