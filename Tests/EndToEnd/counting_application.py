"""An application that says who asks, and how many bytes it was sent."""

from served import QuietHandler, Served


class CountingApplication(Served):
    """Speaks HTTP/1.1 on a free port of this machine until its `with` ends."""

    def __init__(self):
        class Handler(QuietHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                page = f"<title>x</title><p id=role>{self.headers['X-Portico-Role']}</p>"
                self.answer(page.encode(), "text/html")

            def do_POST(self):
                received = len(self.rfile.read(int(self.headers["Content-Length"])))
                self.answer(f"{self.headers['X-Portico-Role']} sent {received} bytes".encode(), "text/plain")

        super().__init__(Handler)
