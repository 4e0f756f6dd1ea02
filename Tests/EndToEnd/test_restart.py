"""One of two nodes behind HAProxy restarts, and nobody notices: no request is lost, and none is done twice."""

import contextlib
import urllib.error
import urllib.request

import pytest

from asking import Asking, people_with_one_connection
from demonstration import eventually
from front_proxy import HAProxy
from http2_person import Latecomer, PersonWithStreams
from https_address import FIXTURES
from numbered_application import NUMBER, NumberedApplication
from pages import expect_greeting, session_cookie, sign_in

# Longer than HAProxy takes to notice, also on a machine that does much else.
DELAY = {"PORTICO_SHUTDOWN_DELAY": "12s"}
TLS = {
    "PORTICO_TLS_CERTIFICATE": str(FIXTURES / "server.pem"),
    "PORTICO_TLS_KEY": str(FIXTURES / "server.key"),
}


def status_at(url, cookie):
    request = urllib.request.Request(url, headers={"Cookie": cookie, NUMBER: "probe"})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.fixture
def cookie(demo, page):
    """Bob's session, made on a third node."""
    sign_in(page, demo, "company-a", "bob")
    expect_greeting(page, "Bob Baker", "company-a", "LABELER")
    return session_cookie(page, demo)


@contextlib.contextmanager
def two_nodes(demo, application, **settings):
    with demo.node(application.url, **settings).start() as first, demo.node(application.url, **settings).start() as second:
        yield [first, second]


def restart_each(nodes, front, asking):
    """Restarts one after the other while people ask."""
    for node in nodes:
        asking.go_on()
        # Whoever restarts nodes waits until the one before is back in the balancer's eyes.
        eventually(front.sees_all, "HAProxy's word that both nodes are there", 60)
        assert node.stop() == 0
        asking.go_on()
        node.start()
        asking.go_on()


def expect_each_once(asking, application):
    """Everything that was asked for was answered rightly, and done once."""
    assert asking.wrong == []
    assert len(asking.answered) >= 180
    numbered = {number: count for number, count in application.received.items() if number != "probe"}
    assert numbered == dict.fromkeys(asking.answered, 1)


def test_a_restart_of_each_node_does_each_request_once(demo, cookie):
    with NumberedApplication() as application, two_nodes(demo, application) as nodes:
        # The session is known on both at once.
        for node in nodes:
            assert status_at(node.url + "/", cookie) == 200
        with HAProxy().configure(nodes) as front:
            with Asking(people_with_one_connection(front.port, cookie)) as asking:
                restart_each(nodes, front, asking)
        expect_each_once(asking, application)
        demo.portico("session", "revoke", "company-a", "bob@company.example")
        for node in nodes:
            eventually(lambda: status_at(node.url + "/", cookie) == 401, "the end of the session", 10)


def test_a_restart_needs_no_balancer_that_repeats(demo, cookie):
    with NumberedApplication() as application, two_nodes(demo, application, **DELAY) as nodes:
        with HAProxy().configure(nodes, repeats=False) as front:
            with Asking(people_with_one_connection(front.port, cookie)) as asking:
                restart_each(nodes, front, asking)
        expect_each_once(asking, application)


def test_clients_of_http2_finish_their_streams_and_go_to_the_other_node(demo, cookie):
    with NumberedApplication() as application, two_nodes(demo, application, **DELAY, **TLS) as nodes:
        # The balancer passes TLS on as it comes, so the streams are those of the nodes.
        with HAProxy().configure(nodes, repeats=False, mode="tcp") as front:
            people = [PersonWithStreams(f"p{number}", front.port, cookie) for number in range(4)]
            with Asking(people) as asking:
                restart_each(nodes, front, asking)
        expect_each_once(asking, application)
        # Each of them was on one of the nodes that left.
        assert all(person.farewells >= 1 for person in people)
        assert sum(person.ended_after_farewell for person in people) >= 1


def test_a_stream_that_was_on_its_way_when_the_node_left_is_answered(demo, cookie):
    with NumberedApplication() as application, demo.node(application.url, **TLS).start() as node:
        person = Latecomer("p", node.port, cookie)
        with Asking([person]) as asking:
            asking.go_on(2)
            assert node.stop() == 0
    assert asking.wrong == []
    assert application.received == dict.fromkeys([f"p-{number}" for number in range(5)], 1)
    assert len(asking.answered) == 5
