#!/usr/bin/env python3
"""The upstream of WebSockets: an echo of texts of 64 bytes, and the file of one kibibyte for everything else."""

import base64
import hashlib
import select
import socket
import sys

# RFC 6455, 1.3 and 5.2: a text of 64 bytes, from the client behind a mask and from the server without. The mask is of
# zeros, which is allowed, and spares both sides of the measurement the time to take it off.
HANDSHAKE_SUFFIX = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT = b"x" * 64
MESSAGE = b"\x81\xc0" + bytes(4) + TEXT
ANSWER = b"\x81\x40" + TEXT


def main():
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=4096)
    listener.setblocking(False)
    poll = select.epoll()
    poll.register(listener.fileno(), select.EPOLLIN)
    connections, upgraded = {}, set()
    while True:
        for descriptor, _ in poll.poll():
            if descriptor == listener.fileno():
                connection, _ = listener.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                connections[connection.fileno()] = connection
                poll.register(connection.fileno(), select.EPOLLIN)
                continue
            connection = connections[descriptor]
            try:
                data = connection.recv(65536)
                if not data:
                    raise ConnectionResetError
                if descriptor in upgraded:
                    connection.send(ANSWER * (len(data) // len(MESSAGE)))
                elif answer(connection, data):
                    upgraded.add(descriptor)
            except OSError:
                poll.unregister(descriptor)
                upgraded.discard(descriptor)
                connections.pop(descriptor).close()


def answer(connection, head):
    """Answers a request, and says whether it opened a WebSocket."""
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n") if b": " in line)
    if b"upgrade" not in fields:
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1024\r\n\r\n" + b"x" * 1024)
        return False
    lines = head.split(b"\r\n")
    key = next(line for line in lines if line.lower().startswith(b"sec-websocket-key: ")).split(b": ", 1)[1]
    accepted = base64.b64encode(hashlib.sha1(key + HANDSHAKE_SUFFIX).digest())
    lines = [b"HTTP/1.1 101 Switching Protocols", b"Connection: Upgrade", b"Upgrade: websocket"]
    connection.send(b"\r\n".join([*lines, b"Sec-WebSocket-Accept: " + accepted, b"", b""]))
    return True


if __name__ == "__main__":
    main()
