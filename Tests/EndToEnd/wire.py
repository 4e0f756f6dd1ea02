"""A connection to a gateway on which every byte is counted."""

import socket


class Wire:
    """One connection of HTTP/1.1, open to the end of its `with`."""

    # What all of them have sent and received.
    sent = received = 0

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.reader = self.socket.makefile("rb")

    def ask(self, method, path, *lines, body=None):
        """Sends a request and returns the status of the answer, which is read to its end."""
        head = [f"{method} {path} HTTP/1.1", "Host: localhost", *lines]
        if body is not None:
            head.append(f"Content-Length: {len(body)}")
        text = "\r\n".join([*head, "", ""]).encode() + (body or b"")
        self.socket.sendall(text)
        Wire.sent += len(text)
        status, length = int(self.line().split()[1]), 0
        while line := self.line().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            assert name.lower() != b"transfer-encoding"
        Wire.received += len(self.reader.read(length))
        return status

    def line(self):
        line = self.reader.readline()
        Wire.received += len(line)
        return line

    def __enter__(self):
        return self

    def __exit__(self, *arguments):
        self.reader.close()
        self.socket.close()
