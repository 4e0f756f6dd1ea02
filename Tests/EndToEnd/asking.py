"""People who ask an application all the time, in numbered requests, and never for the same thing twice."""

import http.client
import itertools
import threading
import time

from demonstration import eventually
from numbered_application import NUMBER, SECONDS, expected

# Of every five requests two have a body, and one of either kind takes a while.
KINDS = [("GET", 0.0), ("POST", 0.0), ("GET", 0.4), ("GET", 0.0), ("POST", 0.4)]


class Request:
    """One thing to ask for."""

    def __init__(self, person, count):
        self.number = f"{person}-{count}"
        self.method, self.seconds = KINDS[count % len(KINDS)]
        self.body = b"x" * (100 + count % 50) if self.method == "POST" else b""

    @property
    def headers(self):
        return {NUMBER: self.number, SECONDS: str(self.seconds)}

    @property
    def answer(self):
        return 200, expected(self.method, self.number, len(self.body))


class Asking:
    """People at work until the `with` ends, each in a thread, with what was wrong about the answers."""

    def __init__(self, people):
        self.people = people
        self.stopped = threading.Event()
        self.lock = threading.Lock()
        self.answered = set()
        # Those who do one long thing, once they are at it.
        self.started = set()
        self.wrong = []
        for person in people:
            person.asking = self
        self.threads = [threading.Thread(target=self.run, args=[person]) for person in people]

    def run(self, person):
        try:
            person.run()
        except Exception as error:
            self.say(f"{person.name}: {error!r}")

    def say(self, what):
        with self.lock:
            self.wrong.append(what)

    def take(self, request, status, body):
        """An answer came."""
        if (status, body) != request.answer:
            self.say(f"{request.method} {request.number}: {status} {body[:200]}")
        with self.lock:
            self.answered.add(request.number)

    @property
    def count(self):
        with self.lock:
            return len(self.answered)

    def go_on(self, more=30):
        """Waits until so many more requests were answered."""
        goal = self.count + more
        eventually(lambda: self.count >= goal or self.wrong, "answers", 120)
        assert self.wrong == [], self.wrong

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *arguments):
        self.stopped.set()
        for thread in self.threads:
            thread.join()


class Person:
    """Somebody with a session, and an endless list of things to ask for."""

    def __init__(self, name, port, cookie):
        self.name, self.port, self.cookie = name, port, cookie
        self.requests = (Request(name, count) for count in itertools.count())
        self.asking = None


class PersonWithOneConnection(Person):
    """Asks over HTTP/1.1, on one connection from the first request to the last, which is idle in every pause."""

    def __init__(self, name, port, cookie, pause=0):
        super().__init__(name, port, cookie)
        self.pause = pause

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.connect()
        # Whoever closes it is noticed.
        connection.auto_open = False
        while not self.asking.stopped.is_set():
            request = next(self.requests)
            headers = request.headers | {"Cookie": self.cookie}
            connection.request(request.method, "/", request.body or None, headers)
            with connection.getresponse() as response:
                self.asking.take(request, response.status, response.read())
            time.sleep(self.pause)
        connection.close()


def people_with_one_connection(port, cookie):
    """Four who ask without a pause, and four with one."""
    return [PersonWithOneConnection(f"p{number}", port, cookie, 0.3 * (number % 2)) for number in range(8)]
