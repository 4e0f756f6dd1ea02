"""An echo over many WebSockets: what a message there and back costs the gateway."""

import time

from connections import exchange, exchange_once, is_switched, open_connections, websocket_handshake
from echo import ANSWER, MESSAGE
from figures import Aim, Section, Verdict, figure, number, ratios
from servers import processor_seconds
import sessions

NAME = "websocket"
CONTESTANTS = ["nginx, WebSocket", "a relay on SwiftNIO, WebSocket", "Portico, WebSocket"]
COUNT = 1_000


class WebSocket:
    """The measurement: all connections stay open, and each has one message on its way."""

    name = NAME

    def run(self, field, pace, tell):
        # A session may have no more than a hundred WebSockets.
        cookies = sessions.make(field, COUNT)
        opened = {}
        for name in CONTESTANTS:
            tell(f"{NAME}: opening {COUNT} connections, {name}")
            contestant = field.contestant(name)
            connections = open_connections(int(contestant.address.rsplit(":", 1)[1]), COUNT)
            exchange_once(connections, [websocket_handshake(contestant, cookie) for cookie in cookies], is_switched)
            opened[name] = connections
        results = {name: [] for name in CONTESTANTS}
        for turn in range(pace.rounds(7)):
            for name in CONTESTANTS:
                tell(f"{NAME}: round {turn + 1}, {name}")
                results[name].append(cost(field.contestant(name), opened[name], pace.seconds))
        for connections in opened.values():
            for connection in connections:
                connection.close()
        return section(results)


def cost(contestant, connections, seconds):
    """The processor's seconds for a message, and messages in a second."""
    before, start = processor_seconds(contestant.pids()), time.monotonic()
    count = exchange(connections, until(start + seconds), lambda data: len(data) == len(ANSWER))
    return (processor_seconds(contestant.pids()) - before) / count, count / (time.monotonic() - start)


def until(deadline):
    while time.monotonic() < deadline:
        yield MESSAGE


def section(results):
    reference = [cpu for cpu, _ in results[CONTESTANTS[0]]]
    rows = []
    for name, values in results.items():
        compared = ratios([cpu for cpu, _ in values], reference)
        cpu, rate = (figure(column).median for column in zip(*values))
        rows.append([name, f"{number(cpu * 1e6)} µs", compared, number(rate)])
    head = ["", "CPU a message", "CPU ratio (quartiles)", "Messages/s"]
    verdict = Verdict("WebSocket echo, 1,000 connections", Aim("CPU to nginx", 1.1), compared)
    return Section(NAME, "WebSocket echo of 64 bytes over 1,000 connections", head, rows, [verdict])
