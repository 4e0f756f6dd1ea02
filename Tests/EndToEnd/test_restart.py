"""One of two nodes behind HAProxy restarts, and nobody notices."""

import threading
import urllib.error
import urllib.request

import pytest

from demonstration import eventually
from front_proxy import HAProxy
from pages import expect_greeting, sign_in


class Asking:
    """People who ask all the time, each on a new connection, with what they got."""

    def __init__(self, url, cookie, people=4):
        self.request = urllib.request.Request(url, headers={"Cookie": cookie})
        self.stopped = threading.Event()
        self.lock = threading.Lock()
        self.answers = []
        self.threads = [threading.Thread(target=self.ask) for _ in range(people)]

    def ask(self):
        while not self.stopped.is_set():
            try:
                with urllib.request.urlopen(self.request, timeout=60) as response:
                    answer = response.status
                    response.read()
            except urllib.error.HTTPError as error:
                answer = error.code
            except OSError as error:
                answer = str(error)
            with self.lock:
                self.answers.append(answer)

    @property
    def count(self):
        with self.lock:
            return len(self.answers)

    def go_on(self, more=20):
        """Waits until so many more requests were answered."""
        goal = self.count + more
        eventually(lambda: self.count >= goal, "answers", 120)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *arguments):
        self.stopped.set()
        for thread in self.threads:
            thread.join()


def status_at(url, cookie):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Cookie": cookie}), timeout=30) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.fixture
def nodes(demo):
    application = demo.state["application_url"]
    with demo.node(application).start() as first, demo.node(application).start() as second:
        yield [first, second]


def test_a_restart_of_each_node_loses_no_request(demo, nodes, page):
    sign_in(page, demo, "company-a", "bob")
    expect_greeting(page, "Bob Baker", "company-a", "LABELER")
    name = "__Host-portico_session"
    session = next(cookie for cookie in page.context.cookies(demo.url("/")) if cookie["name"] == name)
    cookie = f"{name}={session['value']}"

    # The session was made on a third node; it is known on both at once.
    for node in nodes:
        assert status_at(node.url + "/", cookie) == 200

    with HAProxy().configure(nodes) as front, Asking(front.url + "/tasks", cookie) as asking:
        for node in nodes:
            asking.go_on()
            # Whoever restarts nodes waits until the one before is back in the balancer's eyes.
            eventually(front.sees_all, "HAProxy's word that both nodes are there", 60)
            assert node.stop() == 0
            asking.go_on()
            node.start()
            asking.go_on()
    assert asking.count >= 120
    assert set(asking.answers) == {200}

    demo.portico("session", "revoke", "company-a", "bob@company.example")
    for node in nodes:
        eventually(lambda: status_at(node.url + "/", cookie) == 401, "the end of the session", 10)
