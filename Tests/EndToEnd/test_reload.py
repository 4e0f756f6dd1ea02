"""The file of routes is replaced and SIGHUP sent while people are at work: nobody loses anything."""

import contextlib
import itertools
import json
import signal
import socket
import time
import urllib.request

import pytest

from asking import Asking, Person, Request, people_with_one_connection
from demonstration import eventually
from numbered_application import NUMBER, NumberedApplication
from pages import expect_greeting, session_cookie, sign_in
from routes_file import NOT_READ, READ, RoutesFile
from served import QuietHandler, Served
from websocket_application import WebSocketApplication
from websocket_client import WebSocket


class EventsApplication(Served):
    """Counts, an event every few moments, for as long as somebody listens."""

    def __init__(self):
        class Handler(QuietHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                with contextlib.suppress(ConnectionError):
                    for count in itertools.count():
                        self.wfile.write(f"data: {count}\n\n".encode())
                        time.sleep(0.05)

        super().__init__(Handler)


class Listener(Person):
    """Reads one stream of events from its first to the last one, which comes after all reloads."""

    def run(self):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/events", headers={"Cookie": self.cookie})
        with urllib.request.urlopen(request, timeout=60) as stream:
            self.asking.started.add(self.name)
            for count in itertools.count():
                assert stream.readline() == f"data: {count}\n".encode()
                assert stream.readline() == b"\n"
                if self.asking.stopped.is_set():
                    return


class Talker(Person):
    """Says something new in one WebSocket all the time."""

    def run(self):
        with WebSocket(self.port, "/echo", self.cookie) as websocket:
            assert websocket.status == 101
            self.asking.started.add(self.name)
            for count in itertools.count():
                assert websocket.say(f"word {count}") == f"LABELER says word {count}"
                if self.asking.stopped.is_set():
                    return
                time.sleep(0.02)


class SlowSender(Person):
    """Sends the body of one POST piece by piece, from before the first reload until after the last one."""

    def run(self):
        request = Request(self.name, 1)
        request.seconds, request.body, piece = 0, b"x" * 5_000_000, 1000
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            fields = request.headers | {"Cookie": self.cookie, "Content-Length": str(len(request.body))}
            lines = ["POST / HTTP/1.1", f"Host: localhost:{self.port}", "Connection: close"]
            lines += [f"{name}: {value}" for name, value in fields.items()]
            connection.sendall("\r\n".join([*lines, "", ""]).encode())
            left = len(request.body)
            while left and not self.asking.stopped.is_set():
                left -= connection.send(b"x" * min(left, piece))
                self.asking.started.add(self.name)
                time.sleep(0.02)
            connection.sendall(b"x" * left)
            head, _, body = connection.makefile("rb").read().partition(b"\r\n\r\n")
            self.asking.take(request, int(head.split()[1]), body)


def routes(**upstreams):
    """A file with a route for each name; what it says beside that is different in every file."""
    idle = f"{60 + next(routes.files)}s"
    paths = {"main": "/"}
    entries = [
        {
            "name": name, "path_prefix": paths.get(name, f"/{name}"), "upstreams": [application.url],
            "timeouts": {"idle": idle},
        }
        for name, application in upstreams.items()
    ]
    # JSON is YAML.
    return json.dumps({"routes": entries})


routes.files = itertools.count()


@pytest.fixture
def cookie(demo, page):
    sign_in(page, demo, "company-a", "bob")
    expect_greeting(page, "Bob Baker", "company-a", "LABELER")
    return session_cookie(page, demo)


def test_reading_routes_again_drops_nothing(demo, cookie, tmp_path):
    file = tmp_path / "portico.yaml"
    with (
        NumberedApplication() as first,
        NumberedApplication() as second,
        EventsApplication() as events,
        WebSocketApplication() as echo,
    ):
        file.write_text(routes(main=first, events=events, echo=echo))
        with demo.node("", PORTICO_CONFIG=str(file)).start() as node:
            reload = RoutesFile(file, node)

            def reaches(application, path="/"):
                """Whether a new request for a path comes to an application, and is answered."""
                number = f"probe-{next(routes.files)}"
                request = urllib.request.Request(node.url + path, headers={"Cookie": cookie, NUMBER: number})
                with urllib.request.urlopen(request, timeout=30) as response:
                    assert response.status == 200
                return application.received.pop(number, 0) == 1

            assert reaches(first) and reaches(first, "/new")
            people = people_with_one_connection(node.port, cookie)
            others = [kind(kind.__name__, node.port, cookie) for kind in (Listener, Talker, SlowSender)]
            with Asking(people + others) as asking:
                eventually(lambda: len(asking.started) == len(others) or asking.wrong, "the start of all")
                asking.go_on()
                # The application is another one, and back again, and a route is added.
                for main, new in [(second, first), (first, second)] * 2:
                    reload.replace(routes(main=main, new=new, events=events, echo=echo), READ)
                    assert reaches(main) and reaches(new, "/new")
                    asking.go_on()

                # What is wrong is told, and nothing changes.
                reload.replace('{"routes": [{"name": "main", "upstreams": ["ftp://x"]}], "log_format": "pretty"}', NOT_READ)
                log = node.output.read_text()
                assert "routes[0].upstreams" in log and "log_format" in log
                assert reaches(first) and reaches(second, "/new")
                asking.go_on()

                # The routes of streams that are open are gone, and the streams are not; two signals are no more than one.
                reload.replace(routes(main=second), READ)
                node.process.send_signal(signal.SIGHUP)
                node.process.send_signal(signal.SIGHUP)
                assert reaches(second) and reaches(second, "/new")
                asking.go_on()

    assert asking.wrong == []
    assert "SlowSender-1" in asking.answered
    assert len(asking.answered) >= 150
    assert first.received + second.received == dict.fromkeys(asking.answered, 1)
    # Each was at work in its time.
    assert first.received.total() >= 50 and second.received.total() >= 50
