"""An application that does what it is asked once, and remembers how often it was asked for each thing."""

import collections
import threading
import time

from served import QuietHandler, Served

# The header with the number of a request, and the one with the seconds that its answer takes.
NUMBER, SECONDS = "X-Number", "X-Seconds"


class NumberedApplication(Served):
    """Answers each request with its method, its number and the length of its body."""

    def __init__(self):
        self.lock = threading.Lock()
        # How often each number was asked for, whatever became of the answer.
        self.received = collections.Counter()

        class Handler(QuietHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(handler):
                self.take(handler, 0)

            def do_POST(handler):
                self.take(handler, len(handler.rfile.read(int(handler.headers.get("Content-Length", 0)))))

            do_PUT, do_DELETE = do_POST, do_GET

        super().__init__(Handler)

    def take(self, handler, length):
        number = handler.headers[NUMBER]
        with self.lock:
            self.received[number] += 1
        time.sleep(float(handler.headers.get(SECONDS, 0)))
        handler.answer(expected(handler.command, number, length))


def expected(method, number, length):
    """What the application answers."""
    return f"{method} {number} {length}".encode()
