"""Servers of the tests themselves."""

import http.server
import threading


class Served:
    """Answers on a free port of this machine until its `with` ends."""

    scheme = "http"

    def __init__(self, handler):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever)

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *arguments):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class QuietHandler(http.server.BaseHTTPRequestHandler):
    """Says nothing on the terminal."""

    def log_message(self, *arguments):
        pass

    def answer(self, body, content_type=None):
        """Answers 200 with these bytes."""
        self.send_response(200)
        if content_type:
            self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
