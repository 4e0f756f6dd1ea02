"""An https address in front of something on this machine that only speaks http."""

import pathlib
import ssl
import urllib.request

from served import QuietHandler, Served

FIXTURES = pathlib.Path(__file__).resolve().parents[1] / "FetchingTests" / "Fixtures"

# The authority that made the certificate of the address.
AUTHORITY = FIXTURES / "authority.pem"


class HTTPSAddress(Served):
    """Answers every request with what a plain http URL of this machine answers at that moment."""

    scheme = "https"

    def __init__(self, target):
        class Handler(QuietHandler):
            def do_GET(self):
                with urllib.request.urlopen(target, timeout=30) as response:
                    self.answer(response.read())

        super().__init__(Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(FIXTURES / "server.pem", FIXTURES / "server.key")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)

    @property
    def url(self):
        return super().url + "/metadata"
