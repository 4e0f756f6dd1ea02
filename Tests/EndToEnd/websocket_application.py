"""An application for the other side of a gateway: a page that opens a WebSocket, and the WebSocket's echo."""

import base64
import hashlib
import http.server
import threading

PAGE = b"""<!DOCTYPE html>
<title>Echo</title>
<p id="answer"></p>
<p id="closed"></p>
<script>
  const socket = new WebSocket(`ws://${location.host}/echo`);
  socket.onopen = () => socket.send("hello");
  socket.onmessage = (event) => (document.querySelector("#answer").textContent = event.data);
  socket.onclose = (event) => (document.querySelector("#closed").textContent = `closed with ${event.code}`);
</script>
"""

# RFC 6455, 1.3 and 5.2.
HANDSHAKE_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE = 1, 8


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.headers.get("Upgrade", "").lower() == "websocket":
            return self.echo()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def echo(self):
        """Sends every text back, behind the role that the handshake's headers told."""
        key = self.headers["Sec-WebSocket-Key"] + HANDSHAKE_SUFFIX
        self.close_connection = True
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode())
        self.end_headers()
        role = self.headers.get("X-Portico-Role", "nobody").encode()
        while True:
            opcode, payload = self.frame()
            if opcode == TEXT:
                answer = role + b" says " + payload
                self.wfile.write(bytes([0x80 | TEXT, len(answer)]) + answer)
            if opcode in (CLOSE, None):
                return

    def frame(self):
        """Reads one short frame; nothing at the end of the connection."""
        try:
            head = self.rfile.read(2)
            if len(head) < 2:
                return None, b""
            mask = self.rfile.read(4)
            payload = self.rfile.read(head[1] & 0x7F)
        except ConnectionError:
            return None, b""
        return head[0] & 0x0F, bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))

    def log_message(self, *arguments):
        pass


class WebSocketApplication:
    """The application on a free port, as long as the `with` lasts."""

    def __enter__(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        return self

    def __exit__(self, *arguments):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
