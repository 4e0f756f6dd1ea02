"""An application that says who asks, and how many bytes it was sent."""

import http.server
import threading


class CountingApplication:
    """Speaks HTTP/1.1 on a free port of this machine until its `with` ends."""

    def __init__(self):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self, text, content_type):
                body = text.encode()
                self.send_response(200)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self):
                self.answer(f"<title>x</title><p id=role>{self.headers['X-Portico-Role']}</p>", "text/html")

            def do_POST(self):
                received = len(self.rfile.read(int(self.headers["Content-Length"])))
                self.answer(f"{self.headers['X-Portico-Role']} sent {received} bytes", "text/plain")

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *arguments):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
