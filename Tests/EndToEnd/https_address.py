"""An https address in front of something on this machine that only speaks http."""

import http.server
import pathlib
import ssl
import threading
import urllib.request

FIXTURES = pathlib.Path(__file__).resolve().parents[1] / "FetchingTests" / "Fixtures"

# The authority that made the certificate of the address.
AUTHORITY = FIXTURES / "authority.pem"


class HTTPSAddress:
    """Answers every request with what a plain http URL of this machine answers at that moment."""

    def __init__(self, target):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                with urllib.request.urlopen(target, timeout=30) as response:
                    body = response.read()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(FIXTURES / "server.pem", FIXTURES / "server.key")
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.thread = threading.Thread(target=self.server.serve_forever)

    @property
    def url(self):
        return f"https://127.0.0.1:{self.server.server_address[1]}/metadata"

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *arguments):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
