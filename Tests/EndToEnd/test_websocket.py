"""A WebSocket through the gateway, opened by the browser, on another node than the one that signed the person in."""

from playwright.sync_api import expect

from pages import expect_greeting, sign_in
from websocket_application import WebSocketApplication


def test_a_websocket_ends_with_its_session(demo, page):
    with WebSocketApplication() as application, demo.another_node(application.url) as node:
        sign_in(page, demo, "company-a", "bob")
        expect_greeting(page, "Bob Baker", "company-a", "LABELER")
        # Cookies know no ports: the session is the same one.
        page.goto(node + "/")
        expect(page.locator("#answer")).to_have_text("LABELER says hello")
        expect(page.locator("#closed")).to_be_empty()
        demo.portico("session", "revoke", "company-a", "bob@company.example")
        # RFC 6455, 7.4.1: the connection ended without a closing handshake.
        expect(page.locator("#closed")).to_have_text("closed with 1006")
