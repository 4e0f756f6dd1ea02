"""The authority of an upstream, and the certificate that the gateway shows it, are renewed without a restart."""

import json
import urllib.error
import urllib.request

from certificates import Authority, ClosedApplication
from routes_file import NOT_READ, READ, RoutesFile


def ask(node):
    """What the application says, or the status."""
    try:
        with urllib.request.urlopen(node.url + "/", timeout=30) as response:
            return response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code


def test_renewed_files_count_from_the_signal_on(demo, tmp_path):
    clients, old, new = Authority("clients"), Authority("old"), Authority("new")
    files = {key: tmp_path / f"{key}.pem" for key in ("ca", "certificate", "key")}

    def write(**contents):
        for key, content in contents.items():
            files[key].write_bytes(content)

    def show(certificate, key):
        write(certificate=certificate, key=key)

    with ClosedApplication(clients) as application:
        application.show(tmp_path, *old.issue("application"))
        write(ca=old.pem)
        show(*clients.issue("gateway, first"))
        route = {
            "name": "main", "auth": "none", "upstreams": [application.url],
            "tls": {key: str(file) for key, file in files.items()},
        }
        file = tmp_path / "portico.yaml"
        text = json.dumps({"routes": [route]})
        file.write_text(text)
        with demo.node("", PORTICO_CONFIG=str(file)).start() as node:
            reload = RoutesFile(file, node)
            assert ask(node) == "gateway, first"

            # The gateway's own certificate: the file is another one, the setting is not.
            show(*clients.issue("gateway, second"))
            assert ask(node) == "gateway, first"
            reload.replace(text, READ)
            assert ask(node) == "gateway, second"

            # The application's authority: both count while one takes over from the other.
            write(ca=old.pem + new.pem)
            reload.replace(text, READ)
            assert ask(node) == "gateway, second"
            application.show(tmp_path, *new.issue("application"))
            assert ask(node) == "gateway, second"
            write(ca=new.pem)
            reload.replace(text, READ)
            assert ask(node) == "gateway, second"
            application.show(tmp_path, *old.issue("application"))
            assert ask(node) == 502
            application.show(tmp_path, *new.issue("application"))
            assert ask(node) == "gateway, second"

            # Half a renewal is a mistake, and what was read before goes on.
            write(certificate=clients.issue("gateway, third")[0])
            reload.replace(text, NOT_READ)
            assert "routes[0].tls" in node.output.read_text()
            assert ask(node) == "gateway, second"

            # It is still one upstream.
            page = urllib.request.urlopen(f"http://127.0.0.1:{node.operations_port}/metrics", timeout=30).read().decode()
            opened = [line for line in page.splitlines() if line.startswith("portico_upstream_connections_opened_total")]
            assert opened == [f'portico_upstream_connections_opened_total{{upstream="{application.url}"}} 8']
