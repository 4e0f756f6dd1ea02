"""How long another node on the same database goes on serving a session after somebody has signed out."""

import http.client
import http.cookiejar
import math
import socket
import threading
import time
import urllib.parse

from browser import Browser
from connections import get
from field import SESSION_COOKIE
from figures import Aim, Figure, Section, Verdict, figure
from servers import Failure
import sessions

NAME = "revocation"
PATIENCE = 30


class Revocation:
    """The measurement: one node signs out, the other is asked without a pause."""

    name = NAME

    def run(self, field, pace, tell):
        amount = pace.amount(300)
        cookies = sessions.make(field, amount)
        with field.fresh("Portico") as here, field.fresh("Portico") as there:
            tell(f"{NAME}: {amount} sign-outs")
            times = [1e3 * self.seconds(here, there, cookie) for cookie in cookies]
        slowest = sorted(times)[math.ceil(0.99 * len(times)) - 1]
        p99 = Figure(slowest, slowest, slowest)
        rows = [["median (quartiles)", figure(times)], ["p99", p99]]
        verdicts = [
            Verdict("revocation on another node", Aim("ms, median", 50), figure(times)),
            Verdict("revocation on another node", Aim("ms, p99", 1000), p99),
        ]
        title = f"From signing out on one node until another refuses the session, {amount} sessions"
        return Section(NAME, title, ["", "ms"], rows, verdicts)

    def seconds(self, here, there, cookie):
        """From the moment when the form is sent to the first answer of the other node that is none of a session."""
        profile = Browser()
        profile.cookies.set_cookie(self.known(cookie))
        page = profile.open(here.address.replace("127.0.0.1", "localhost") + "/.portico/sign-out")
        with socket.create_connection(address(there), timeout=PATIENCE) as connection:
            if status(connection, get(there, cookie)) != 200:
                raise Failure("the other node does not serve the session")
            ended = []
            watcher = threading.Thread(target=self.watch, args=(connection, get(there, cookie), ended))
            watcher.start()
            start = time.perf_counter()
            profile.submit(page)
            watcher.join()
        if not ended:
            raise Failure(f"the other node still serves the session after {PATIENCE} seconds")
        return ended[0] - start

    @staticmethod
    def watch(connection, request, ended):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if status(connection, request) != 200:
                ended.append(time.perf_counter())
                return

    @staticmethod
    def known(cookie):
        value = cookie.partition("=")[2]
        return http.cookiejar.Cookie(
            0, SESSION_COOKIE, value, None, False, "localhost.local", True, False, "/", True, True, None, False, None, None, {}
        )


def address(contestant):
    parts = urllib.parse.urlsplit(contestant.address)
    return parts.hostname, parts.port


def status(connection, request):
    """Sends a request and reads the whole answer."""
    connection.sendall(request)
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    answer.read()
    return answer.status
