"""Many connections at once from one process, for what wrk cannot do: held idle, each with a session, or a WebSocket."""

import base64
import resource
import select
import socket
import time

from nginx import KIBIBYTE
from servers import Failure

# A gateway allows each address a number of connections; the whole of 127.0.0.0/8 is this machine.
OF_ONE_ADDRESS = 500
AT_A_TIME = 16
# What else a process has open.
SPARE = 1_000
PATIENCE = 30


def open_connections(port, count):
    """Opens connections to a port, at most so many of each address as a gateway allows."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < count + SPARE:
        raise Failure(f"{count} connections need as many file descriptors: raise the hard limit of {hard} (ulimit -Hn)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    opened = []
    for index in range(count):
        connection = socket.socket()
        connection.bind((f"127.0.0.{2 + index // OF_ONE_ADDRESS}", 0))
        connection.connect(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setblocking(False)
        opened.append(connection)
    return opened


def exchange(connections, messages, is_whole):
    """Sends messages over connections, on each the next one as soon as the last was answered, until none is left.

    `is_whole` says whether what arrived is a whole answer. Returns how many were answered.
    """
    poll = select.epoll()
    held = {connection.fileno(): connection for connection in connections}
    arrived = {}
    answered = 0
    for descriptor, connection in held.items():
        message = next(messages, None)
        if message is None:
            break
        arrived[descriptor] = b""
        poll.register(descriptor, select.EPOLLIN)
        connection.send(message)
    while arrived:
        events = poll.poll(PATIENCE)
        if not events:
            raise Failure(f"nothing was answered for {PATIENCE} seconds")
        for descriptor, _ in events:
            data = held[descriptor].recv(65536)
            if not data:
                raise Failure(f"a connection was closed after {arrived[descriptor][:200]}")
            data = arrived[descriptor] + data
            if not is_whole(data):
                arrived[descriptor] = data
                continue
            answered += 1
            message = next(messages, None)
            if message is None:
                poll.unregister(descriptor)
                del arrived[descriptor]
            else:
                arrived[descriptor] = b""
                held[descriptor].send(message)
    poll.close()
    return answered


def exchange_once(connections, messages, is_whole):
    """Sends one message over each connection, over so many at a time as a gateway reads sessions for."""
    for start in range(0, len(connections), AT_A_TIME):
        some = slice(start, start + AT_A_TIME)
        exchange(connections[some], iter(messages[some]), is_whole)


def receive(connections, request, length, deadline):
    """Gets the same file over and over on every connection until a point in time; returns the bytes of it that came."""
    poll = select.epoll()
    held = {connection.fileno(): connection for connection in connections}
    missing = dict.fromkeys(held, 0)
    space = memoryview(bytearray(1 << 20))
    total = 0
    for descriptor, connection in held.items():
        poll.register(descriptor, select.EPOLLIN)
        connection.send(request)
    while time.monotonic() < deadline:
        for descriptor, _ in poll.poll(PATIENCE):
            count = held[descriptor].recv_into(space)
            if missing[descriptor] == 0:
                head = bytes(space[:count]).partition(b"\r\n\r\n")[0]
                if b" 200 " not in head[:16]:
                    raise Failure(f"a request was answered with {head.decode(errors='replace')}")
                missing[descriptor], count = length, count - len(head) - 4
            elif count == 0:
                raise Failure("a connection was closed within an answer")
            total += count
            missing[descriptor] -= count
            if missing[descriptor] == 0:
                held[descriptor].send(request)
    poll.close()
    return total


def get(contestant, cookie=None, path="/kibibyte"):
    """A request for a file."""
    host = contestant.address.split("//")[1]
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie or contestant.cookie}\r\n\r\n".encode()


def is_kibibyte(data):
    """Whether the whole file has arrived."""
    head, end, body = data.partition(b"\r\n\r\n")
    if end and b" 200 " not in head[:16]:
        raise Failure(f"a request was answered with {data.decode(errors='replace')}")
    return len(body) == KIBIBYTE


def websocket_handshake(contestant, cookie):
    """The request that opens a WebSocket."""
    host = contestant.address.split("//")[1]
    key = base64.b64encode(bytes(16)).decode()
    return (
        f"GET /echo HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
    ).encode()


def is_switched(data):
    """Whether the WebSocket is open."""
    if b"\r\n\r\n" in data and b" 101 " not in data[:16]:
        raise Failure(f"a WebSocket was answered with {data.decode(errors='replace')}")
    return b"\r\n\r\n" in data
