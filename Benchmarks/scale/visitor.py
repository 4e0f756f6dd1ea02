"""Who visits a gateway: a connection on which single requests are timed, and people whom SimpleSAMLphp signs in."""

import http.client
import itertools
import time
import urllib.parse

from browser import Browser, Form
from servers import Failure

PREFIX = "/.portico"
SESSION = "__Host-portico_session"
# A gateway counts what comes from an address; the whole of 127.0.0.0/8 is this machine.
ADDRESSES = itertools.cycle(range(2, 250))


class Visitor:
    """One connection to a gateway, which is asked by the name that it has in public."""

    def __init__(self, installation):
        self.authority = urllib.parse.urlsplit(installation.demonstration.state["public_url"]).netloc
        self.connection = http.client.HTTPConnection(
            "127.0.0.1", installation.port, timeout=120, source_address=(f"127.0.1.{next(ADDRESSES)}", 0)
        )
        self.connection.connect()

    def ask(self, path, fields=None, cookie=None, wanted=200):
        """Sends one request and returns the seconds until the whole answer was there, the answer and its text."""
        headers = {"Host": self.authority, "Accept": "text/html", "Sec-Fetch-Mode": "navigate"}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if cookie:
            headers["Cookie"] = cookie
        start = time.perf_counter()
        self.connection.request("GET" if fields is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        seconds = time.perf_counter() - start
        if answer.status != wanted:
            raise Failure(f"{path} was answered with {answer.status}:\n{text[:4000]}")
        return seconds, answer, text

    def start(self, company):
        """Begins a sign-in: the seconds, the cookie of the browser and the way to the identity provider."""
        seconds, answer, _ = self.ask(f"{PREFIX}/sign-in", {"company_id": company, "rd": "/"}, wanted=303)
        return seconds, cookies(answer), answer.headers["Location"]

    def finish(self, response, cookie):
        """Delivers a response: the seconds, and the cookie of the session."""
        seconds, answer, _ = self.ask(f"{PREFIX}/saml/acs", response, cookie, wanted=303)
        session = [cookie for cookie in cookies(answer).split("; ") if cookie.startswith(SESSION + "=")]
        if not session:
            raise Failure("a sign-in gave no session")
        return seconds, session[0]

    def close(self):
        self.connection.close()


class Person:
    """Somebody whom the identity provider knows, and who stays signed in there."""

    def __init__(self, name):
        self.name = name
        self.browser = Browser()

    def response(self, location):
        """What the identity provider answers a request with: the fields of its form."""
        page = self.browser.open(location)
        if "SAMLResponse" not in page[1]:
            form = Form(page[1])
            fields = form.fields | {"username": self.name, "password": self.name}
            page = self.browser.open(urllib.parse.urljoin(page[0], form.action), fields)
        fields = Form(page[1]).fields
        if "SAMLResponse" not in fields:
            raise Failure(f"the identity provider gave no response:\n{page[1][:2000]}")
        return {name: fields[name] for name in ["SAMLResponse", "RelayState"] if name in fields}


def cookies(answer):
    """The cookies of an answer as a request's header has them."""
    return "; ".join(value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie", []))


def sign_in(visitor, company, person):
    """A whole sign-in: the seconds of its start and of its end, and the cookie of the session."""
    start, cookie, location = visitor.start(company)
    end, session = visitor.finish(person.response(location), cookie)
    return start, end, session
