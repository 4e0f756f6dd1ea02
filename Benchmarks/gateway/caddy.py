"""Caddy that asks about each request (`forward_auth`), on one processor.

The service that it asks is the upstream, which always allows it and is not counted.
"""

from servers import Server


class Caddy(Server):
    """Caddy in the foreground."""

    def __init__(self, folder, upstream):
        super().__init__(folder)
        self.upstream = upstream

    def environment(self):
        return {"HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder), "GOMAXPROCS": "1"}

    def command(self):
        (self.folder / "Caddyfile").write_text(f"""{{
            admin off
            auto_https off
        }}
        http://127.0.0.1:{self.port} {{
            bind 127.0.0.1
            forward_auth 127.0.0.1:{self.upstream} {{
                uri /allowed
                copy_headers X-Forwarded-User
                transport http {{
                    keepalive_idle_conns_per_host 128
                }}
            }}
            reverse_proxy 127.0.0.1:{self.upstream} {{
                transport http {{
                    keepalive_idle_conns_per_host 128
                }}
            }}
        }}
        """)
        return ["caddy", "run", "--adapter", "caddyfile", "--config", self.folder / "Caddyfile"]
