"""HTTP/2 as the browser speaks it: with TLS, on another node than the one that signed the person in."""

from playwright.sync_api import expect

from counting_application import CountingApplication
from demonstration import eventually
from pages import expect_greeting, sign_in

PROTOCOL = "performance.getEntriesByType('navigation')[0].nextHopProtocol"
# More than a window of HTTP/2 holds.
UPLOAD = """async () => {
    const answer = await fetch('/upload', { method: 'POST', body: 'x'.repeat(200000) });
    const text = await answer.text();
    return [performance.getEntriesByName(location.origin + '/upload')[0].nextHopProtocol, text];
}"""
USER_INFO = """async () => {
    const answer = await fetch('/.portico/userinfo');
    const person = await answer.json();
    return [performance.getEntriesByName(location.origin + '/.portico/userinfo')[0].nextHopProtocol, person.role];
}"""


def test_a_browser_speaks_http2(demo, new_person):
    page = new_person(ignore_https_errors=True).new_page()
    sign_in(page, demo, "company-a", "bob")
    expect_greeting(page, "Bob Baker", "company-a", "LABELER")
    with CountingApplication() as application, demo.another_node(application.url, tls=True) as node:
        # Cookies know no ports, and this machine is as trustworthy without TLS as with it.
        page.goto(node + "/")
        expect(page.locator("#role")).to_have_text("LABELER")
        assert page.evaluate(PROTOCOL) == "h2"
        assert page.evaluate(UPLOAD) == ["h2", "LABELER sent 200000 bytes"]
        assert page.evaluate(USER_INFO) == ["h2", "LABELER"]
        demo.portico("session", "revoke", "company-a", "bob@company.example")

        def is_signed_out():
            page.goto(node + "/")
            return page.url.startswith(node + "/.portico/sign-in")

        eventually(is_signed_out, "the end of the session", timeout=10)
        assert page.evaluate(PROTOCOL) == "h2"
