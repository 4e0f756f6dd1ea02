"""HAProxy with one thread: it forwards and checks nothing."""

import textwrap

from https_address import FIXTURES
from servers import Server


class HAProxy(Server):
    """HAProxy in the foreground."""

    def __init__(self, folder, upstream, *, tls=False):
        super().__init__(folder)
        self.upstream, self.tls = upstream, tls

    def command(self):
        secure = ""
        if self.tls:
            pair = self.folder / "pair.pem"
            pair.write_text((FIXTURES / "server.pem").read_text() + (FIXTURES / "server.key").read_text())
            secure = f"ssl crt {pair} alpn h2,http/1.1"
        configuration = self.folder / "haproxy.cfg"
        configuration.write_text(textwrap.dedent(f"""
            global
                nbthread 1
                maxconn 4096
            defaults
                mode http
                timeout connect 5s
                timeout client 75s
                timeout server 60s
                http-reuse always
            frontend gateway
                bind 127.0.0.1:{self.port} backlog 4096 {secure}
                default_backend application
            backend application
                server upstream 127.0.0.1:{self.upstream}
        """))
        return ["/usr/sbin/haproxy", "-db", "-f", configuration]
