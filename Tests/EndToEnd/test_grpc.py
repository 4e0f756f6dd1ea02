"""Calls of gRPC through the gateway, with the cookie of a person who has signed in with the browser."""

import queue

import pytest

from calling_application import SERVICE, CallingApplication, grpc
from https_address import AUTHORITY
from pages import expect_greeting, sign_in

# Nothing waits for it that goes well.
PATIENCE = 60


@pytest.fixture
def bob(demo, page):
    """The metadata of calls as Bob."""
    sign_in(page, demo, "company-a", "bob")
    expect_greeting(page, "Bob Baker", "company-a", "LABELER")
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    name = "__Host-portico_session"
    # The rest of the cookies is Portico's own business.
    return [("cookie", f"{name}={cookies[name]}")]


@pytest.fixture
def channel(demo):
    """A channel to a node of the gateway that has the application behind it."""
    credentials = grpc.ssl_channel_credentials(AUTHORITY.read_bytes())
    with CallingApplication() as application, demo.another_node(application.url, tls=True) as node:
        # The certificate is that of the address.
        address = node.removeprefix("https://").replace("localhost", "127.0.0.1")
        with grpc.secure_channel(address, credentials) as channel:
            yield channel


def method(name):
    return f"/{SERVICE}/{name}"


def test_unary_calls(channel, bob):
    greet = channel.unary_unary(method("Greet"))
    answer, call = greet.with_call(b"hello", metadata=bob, timeout=PATIENCE)
    assert answer == b"LABELER says hello"
    assert call.code() == grpc.StatusCode.OK
    assert dict(call.trailing_metadata())["x-trailer"] == "kept"
    # A message of many windows, and a role that nobody can claim.
    large = b"x" * 1_000_000
    claimed = bob + [("x-portico-role", "ADMIN")]
    assert greet(large, metadata=claimed, timeout=PATIENCE) == b"LABELER says " + large


def test_the_status_of_a_call_that_fails(channel, bob):
    with pytest.raises(grpc.RpcError) as failure:
        channel.unary_unary(method("Fail"))(b"report", metadata=bob, timeout=PATIENCE)
    assert failure.value.code() == grpc.StatusCode.NOT_FOUND
    assert failure.value.details() == "there is no report"
    with pytest.raises(grpc.RpcError) as failure:
        channel.unary_unary(method("Nothing"))(b"", metadata=bob, timeout=PATIENCE)
    assert failure.value.code() == grpc.StatusCode.UNIMPLEMENTED


def test_nobody_calls_without_a_session(channel):
    with pytest.raises(grpc.RpcError) as failure:
        channel.unary_unary(method("Greet"))(b"hello", timeout=PATIENCE)
    # The gateway's 401, as gRPC maps it.
    assert failure.value.code() == grpc.StatusCode.UNAUTHENTICATED


def test_both_sides_speak_before_either_has_ended(channel, bob):
    messages = queue.Queue()
    answers = channel.stream_stream(method("Echo"))(iter(messages.get, None), metadata=bob, timeout=PATIENCE)
    for message in [b"one", b"two", b"three"]:
        messages.put(message)
        assert next(answers) == b"LABELER says " + message
    messages.put(None)
    assert list(answers) == []
    assert answers.code() == grpc.StatusCode.OK


def test_a_stream_ends_with_its_session(channel, bob, demo):
    count = channel.unary_stream(method("Count"))
    assert list(count(b"3", metadata=bob, timeout=PATIENCE)) == [b"0", b"1", b"2"]
    endless = count(b"", metadata=bob, timeout=PATIENCE)
    assert next(endless) == next(endless) == b"more"
    demo.portico("session", "revoke", "company-a", "bob@company.example")
    with pytest.raises(grpc.RpcError) as failure:
        for message in endless:
            assert message == b"more"
    # Broken by the gateway, and not by the deadline of the call.
    assert failure.value.code() not in (grpc.StatusCode.OK, grpc.StatusCode.DEADLINE_EXCEEDED)


def test_a_deadline_passes_on(channel, bob):
    with pytest.raises(grpc.RpcError) as failure:
        for _ in channel.unary_stream(method("Count"))(b"", metadata=bob, timeout=2):
            pass
    assert failure.value.code() == grpc.StatusCode.DEADLINE_EXCEEDED
