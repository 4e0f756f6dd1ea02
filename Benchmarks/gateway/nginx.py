"""nginx: the upstream of every measurement, and what Portico is compared with."""

import os
import signal

from https_address import FIXTURES
from servers import Server

KIBIBYTE = 1024
FILES = {"kibibyte": KIBIBYTE, "hundred-kibibytes": 100 * KIBIBYTE, "large": 64 * KIBIBYTE * KIBIBYTE}

PREAMBLE = """
{user} daemon off; pid nginx.pid; error_log stderr error; worker_processes {workers}; {single}
worker_rlimit_nofile 20000;
events {{ worker_connections 16384; }}
http {{
    access_log off; keepalive_requests 100000000; default_type text/plain;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
    client_max_body_size 0;
    {servers}
}}
"""


class Nginx(Server):
    """nginx in the foreground."""

    stop_signal = signal.SIGQUIT
    workers = 1
    single = ""

    def servers(self):
        """The configuration of its server."""
        raise NotImplementedError

    def command(self):
        configuration = self.folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        configuration.write_text(
            PREAMBLE.format(user=user, workers=self.workers, single=self.single, servers=self.servers()))
        return ["/usr/sbin/nginx", "-p", self.folder, "-c", configuration]


class Upstream(Nginx):
    """Files of several sizes, an empty answer for those who ask whether a request may pass, and a place for bodies.

    A body is read whole before it is answered, because nginx forwards it to itself, without the body.
    """

    def servers(self):
        for name, length in FILES.items():
            (self.folder / name).write_bytes(b"x" * length)
        return f"""
            upstream itself {{ server 127.0.0.1:{self.port}; keepalive 64; keepalive_requests 100000000; }}
            server {{
                listen 127.0.0.1:{self.port} backlog=4096; root {self.folder}; client_header_buffer_size 8k; sendfile on; tcp_nopush on;
                location = /allowed {{ return 204; }}
                location = /sink {{
                    client_body_buffer_size 2m; proxy_pass http://itself/allowed; proxy_http_version 1.1;
                    proxy_pass_request_body off; proxy_set_header Content-Length ""; proxy_set_header Connection "";
                }}
            }}
        """


class NginxProxy(Nginx):
    """`proxy_pass` with connections that are kept: the least that a reverse proxy by nginx costs.

    It has the buffers that a body of 100 KiB needs, and streams larger ones both ways instead of writing them to files.
    """

    def __init__(self, folder, upstream, *, tls=False, workers=1, asks=False, upgrades=False, single=False):
        super().__init__(folder)
        self.upstream, self.tls, self.workers, self.asks, self.upgrades = upstream, tls, workers, asks, upgrades
        self.single = "master_process off;" if single else ""

    def servers(self):
        question = "auth_request /question;" if self.asks else ""
        kind, certificate = "", ""
        if self.tls:
            kind = "ssl http2"
            certificate = f"""
                ssl_certificate {FIXTURES / 'server.pem'}; ssl_certificate_key {FIXTURES / 'server.key'};
                ssl_protocols TLSv1.2 TLSv1.3;
            """
        connection = 'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'
        if not self.upgrades:
            connection = 'proxy_set_header Connection "";'
        return f"""
            upstream application {{ server 127.0.0.1:{self.upstream}; keepalive 128; keepalive_requests 100000000; }}
            server {{
                listen 127.0.0.1:{self.port} {kind} backlog=4096; {certificate}
                proxy_http_version 1.1; {connection}
                proxy_buffers 32 8k; proxy_max_temp_file_size 0; proxy_request_buffering off;
                location / {{ {question} proxy_pass http://application; }}
                location = /question {{
                    internal; proxy_pass http://application/allowed;
                    proxy_pass_request_body off; proxy_set_header Content-Length ""; proxy_set_header Connection "";
                }}
            }}
        """
