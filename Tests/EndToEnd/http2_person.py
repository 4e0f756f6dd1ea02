"""Somebody who asks over HTTP/2 (RFC 9113), with several streams at a time, and goes elsewhere when told to."""

import socket
import ssl

from asking import Person
from https_address import AUTHORITY

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE = 0, 1, 3, 4, 6, 7, 8
END_STREAM, ACKNOWLEDGED, END_HEADERS = 1, 1, 4
STREAMS = 4


def frame(kind, flags=0, stream=0, payload=b""):
    return len(payload).to_bytes(3) + bytes([kind, flags]) + stream.to_bytes(4) + payload


def text(value):
    """A string without Huffman's code (RFC 7541, 5.2)."""
    data = value.encode()
    length, head = len(data), b""
    if length >= 127:
        length, head = length - 127, b"\x7f"
        while length >= 128:
            length, head = length >> 7, head + bytes([0x80 | length & 0x7F])
    return head + bytes([length]) + data


def block(fields):
    """Fields that nobody's table remembers (RFC 7541, 6.2.2)."""
    return b"".join(b"\x00" + text(name.lower()) + text(value) for name, value in fields.items())


def is_200(block):
    """Whether a block begins with the 200 of the static table, behind changes of the table's size."""
    while block[0] & 0xE0 == 0x20:
        block = block[1:]
    return block[0] == 0x88


class Answer:
    """What has come of one stream."""

    def __init__(self, request):
        self.request, self.status, self.body = request, None, b""


class PersonWithStreams(Person):
    """Keeps its streams busy; at GOAWAY (RFC 9113, 6.8) the ones that count end on the old connection."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        # What a server that left has not looked at, which is asked for once more.
        self.again = []
        self.farewells = 0
        # Streams that ended after their server said that it leaves.
        self.ended_after_farewell = 0

    def run(self):
        while not self.asking.stopped.is_set() or self.again:
            self.connect()

    def connect(self):
        """Says all that one connection has to say."""
        context = ssl.create_default_context(cafile=str(AUTHORITY))
        context.set_alpn_protocols(["h2"])
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=60) as plain,
            context.wrap_socket(plain, server_hostname="127.0.0.1") as self.socket,
        ):
            assert self.socket.selected_alpn_protocol() == "h2"
            self.converse()

    def converse(self):
        self.socket.sendall(PREFACE + frame(SETTINGS))
        reader = self.socket.makefile("rb")
        self.answers, self.next_stream, self.last_stream = {}, 1, None
        while True:
            while self.wants_more():
                self.ask(self.again.pop() if self.again else next(self.requests))
            if not self.answers and (self.last_stream is not None or self.asking.stopped.is_set()):
                return
            head = reader.read(9)
            assert len(head) == 9, f"the connection ended with {len(self.answers)} streams open"
            payload = reader.read(int.from_bytes(head[:3]))
            self.take(head[3], head[4], int.from_bytes(head[5:]), payload)

    def wants_more(self):
        is_open = self.last_stream is None and len(self.answers) < STREAMS
        return is_open and (bool(self.again) or not self.asking.stopped.is_set())

    def ask(self, request):
        stream, self.next_stream = self.next_stream, self.next_stream + 2
        self.answers[stream] = Answer(request)
        fields = {
            ":method": request.method, ":scheme": "https", ":authority": f"127.0.0.1:{self.port}", ":path": "/",
            "cookie": self.cookie, "content-length": str(len(request.body)), **request.headers,
        }
        if request.body:
            self.socket.sendall(
                frame(HEADERS, END_HEADERS, stream, block(fields)) + frame(DATA, END_STREAM, stream, request.body)
            )
        else:
            self.socket.sendall(frame(HEADERS, END_HEADERS | END_STREAM, stream, block(fields)))

    def take(self, kind, flags, stream, payload):
        answer = self.answers.get(stream)
        if kind == SETTINGS and not flags & ACKNOWLEDGED:
            self.socket.sendall(frame(SETTINGS, ACKNOWLEDGED))
        elif kind == PING and not flags & ACKNOWLEDGED:
            self.socket.sendall(frame(PING, ACKNOWLEDGED, 0, payload))
        elif kind == GOAWAY:
            assert payload[4:8] == bytes(4), f"an error: {payload}"
            self.leave(int.from_bytes(payload[:4]))
        elif kind == HEADERS and answer.status is None:
            answer.status = 200 if is_200(payload) else payload
        elif kind == DATA:
            answer.body += payload
            if payload:
                self.socket.sendall(frame(WINDOW_UPDATE, 0, 0, len(payload).to_bytes(4)))
        elif kind == RST_STREAM:
            answer.status, flags = f"reset {payload}", END_STREAM
        if kind in (HEADERS, DATA, RST_STREAM) and flags & END_STREAM:
            del self.answers[stream]
            self.ended_after_farewell += self.last_stream is not None
            self.asking.take(answer.request, answer.status, answer.body)

    def leave(self, last_stream):
        """The server takes no streams but those up to this one; it may say so several times."""
        self.farewells += self.last_stream is None
        self.last_stream = last_stream
        for stream in [stream for stream in self.answers if stream > last_stream]:
            self.again.append(self.answers.pop(stream).request)


class Latecomer(PersonWithStreams):
    """Asks twice; begins its next streams before it has heard that the server leaves, and then waits for its end."""

    def run(self):
        self.connect()

    def wants_more(self):
        return self.last_stream is None and self.next_stream < 5

    def leave(self, last_stream):
        # GOAWAY has been read, and the PING behind it is answered after these.
        if self.last_stream is None:
            for _ in range(3):
                self.ask(next(self.requests))
        super().leave(last_stream)
