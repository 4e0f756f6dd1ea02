"""The page of metrics against what was done, counted by hand."""

import json
import re
import urllib.request

from demonstration import eventually, free_port
from identity_provider import knowing_address
from numbered_application import NumberedApplication
from pages import authenticate, enter_company
from websocket_application import WebSocketApplication
from wire import Wire

UPGRADE = [
    "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
]
# What no hand can count: times, what the process takes, and what it looks up in the database now and then.
UNCOUNTED = re.compile(
    r"portico_http_request_duration_seconds_(bucket|sum)|process_|portico_.*(_timestamp_|days_left)|"
    r"portico_audit_|portico_database_|portico_idp_"
)


def metrics(node):
    """Every value that can be counted, by its name with labels."""
    url = f"http://127.0.0.1:{node.operations_port}/metrics"
    with urllib.request.urlopen(url, timeout=30) as response:
        page = response.read().decode()
    lines = [line.rpartition(" ") for line in page.splitlines() if not line.startswith("#")]
    assert len({name for name, _, _ in lines}) == len(lines)
    return page, {name: float(value) for name, _, value in lines if not UNCOUNTED.match(name)}


def growth(before, after):
    changes = {name: value - before.get(name, 0) for name, value in after.items()}
    assert before.keys() <= after.keys()
    return {name: change for name, change in changes.items() if change}


def test_every_value_is_what_happened(demo, new_person, tmp_path):
    nobody = f"http://127.0.0.1:{free_port()}"
    with NumberedApplication() as application, WebSocketApplication() as echo:
        routes = [
            {"name": "main", "upstreams": [application.url]},
            {"name": "admin", "path_prefix": "/admin", "upstreams": [application.url], "roles": ["ADMIN"]},
            {"name": "nobody", "path_prefix": "/nobody", "upstreams": [nobody], "auth": "none"},
            {"name": "echo", "path_prefix": "/echo", "upstreams": [echo.url]},
        ]
        file = tmp_path / "portico.yaml"
        file.write_text(json.dumps({"routes": routes}))
        # One event loop has one connection for what comes one after the other.
        settings = {"PORTICO_WORKERS": "1", "PORTICO_TRUSTED_PROXIES": "127.0.0.1/32", "PORTICO_CONFIG": str(file)}
        node = demo.node("", **settings)
        with knowing_address(demo, node.url), node.start():
            person = new_person()
            page = person.new_page()
            page.goto(node.url + "/")
            enter_company(page, "company-a")
            authenticate(page, "bob")
            page.wait_for_url(node.url + "/")
            name = "__Host-portico_session"
            [value] = [cookie["value"] for cookie in person.cookies(node.url) if cookie["name"] == name]
            session = f"Cookie: {name}={value}"
            page.goto("about:blank")
            person.close()
            connections = "portico_client_connections"
            eventually(lambda: metrics(node)[1][connections] == 0, "the end of the browser's connections")
            before = metrics(node)[1]
            assert before['portico_sign_ins_total{outcome="accepted"}'] == 1
            assert before["portico_sessions_in_memory"] >= 1

            Wire.sent = Wire.received = 0
            with Wire(node.port) as member, Wire(node.port) as stranger, Wire(node.port) as tunnel:
                assert [member.ask("GET", "/", session) for _ in range(5)] == [200] * 5
                assert [member.ask("POST", "/form", session, body=b"x" * 999) for _ in range(2)] == [200] * 2
                assert member.ask("PUT", "/form", session, body=b"x") == 200
                assert [member.ask("GET", "/admin/people", session) for _ in range(2)] == [403] * 2
                assert [stranger.ask("GET", "/") for _ in range(3)] == [401] * 3
                assert [stranger.ask("GET", "/nobody") for _ in range(2)] == [502] * 2
                asked = "X-Original-URI: /admin"
                assert [member.ask("GET", "/.portico/auth", asked, session) for _ in range(4)] == [403] * 4
                assert member.ask("GET", "/.portico/auth", "X-Original-URI: /", session) == 200
                assert [stranger.ask("GET", "/.portico/auth", asked) for _ in range(2)] == [401] * 2
                form = "Content-Type: application/x-www-form-urlencoded"
                assert [stranger.ask("POST", "/.portico/saml/acs", form, body=b"SAMLResponse=x") for _ in range(2)] == [400] * 2
                assert stranger.ask("GET", "/.portico/nothing") == 404
                assert tunnel.ask("GET", "/echo", *UPGRADE, session) == 101
                text, after = metrics(node)

            def requests(route, method, status):
                return f'portico_http_requests_total{{route="{route}",method="{method}",status="{status}"}}'

            def upstream(name, url, **labels):
                more = "".join(f',{key}="{value}"' for key, value in labels.items())
                return f'portico_upstream_{name}{{upstream="{url}"{more}}}'

            assert growth(before, after) == {
                requests("main", "GET", "2xx"): 5,
                requests("main", "GET", "4xx"): 3,
                requests("main", "POST", "2xx"): 2,
                requests("main", "other", "2xx"): 1,
                requests("admin", "GET", "4xx"): 2,
                requests("nobody", "GET", "5xx"): 2,
                requests("echo", "GET", "1xx"): 1,
                'portico_http_request_duration_seconds_count{route="main"}': 11,
                'portico_http_request_duration_seconds_count{route="admin"}': 2,
                'portico_http_request_duration_seconds_count{route="nobody"}': 2,
                'portico_http_request_duration_seconds_count{route="echo"}': 1,
                'portico_http_refusals_total{code="session_required"}': 5,
                'portico_http_refusals_total{code="role_not_allowed"}': 6,
                'portico_http_refusals_total{code="upstream_unreachable"}': 2,
                'portico_forward_auth_requests_total{status="2xx"}': 1,
                'portico_forward_auth_requests_total{status="4xx"}': 6,
                "portico_client_connections": 3,
                "portico_client_connections_accepted_total": 3,
                "portico_client_received_bytes_total": Wire.sent,
                "portico_client_sent_bytes_total": Wire.received,
                "portico_tunnels": 1,
                upstream("connections", echo.url, state="busy"): 1,
                upstream("connections_opened_total", echo.url): 1,
                upstream("connect_failures_total", nobody): 2,
                'portico_sign_ins_total{outcome="xml_invalid"}': 2,
                'portico_control_plane_requests_total{endpoint="/.portico/saml/acs",status="400"}': 2,
                'portico_control_plane_requests_total{endpoint="",status="404"}': 1,
            }
            # The application has one connection, which the browser's requests have had before.
            assert after[upstream("connections", application.url, state="idle")] == 1
            assert after[upstream("connections", application.url, state="busy")] == 0
            for secret in ["company-a", "company.example", "bob", "Bob", value, "people", "127.0.0.1/32"]:
                assert secret not in text
