"""A WebSocket (RFC 6455) without a browser, for texts that fit into one short frame."""

import base64
import os
import socket

from websocket_application import TEXT


class WebSocket:
    """Open from its making to the end of its `with`."""

    def __init__(self, port, path, cookie):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.reader = self.socket.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET {path} HTTP/1.1", f"Host: localhost:{port}", f"Cookie: {cookie}", "Connection: Upgrade",
            "Upgrade: websocket", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}",
        ]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self.status = int(self.reader.readline().split()[1])
        while self.reader.readline().strip():
            pass

    def say(self, text):
        """Sends a text and returns the one that comes back."""
        mask = os.urandom(4)
        data = bytes(byte ^ mask[index % 4] for index, byte in enumerate(text.encode()))
        self.socket.sendall(bytes([0x80 | TEXT, 0x80 | len(data)]) + mask + data)
        head = self.reader.read(2)
        assert len(head) == 2, "the WebSocket has ended"
        return self.reader.read(head[1]).decode()

    def __enter__(self):
        return self

    def __exit__(self, *arguments):
        self.reader.close()
        self.socket.close()
