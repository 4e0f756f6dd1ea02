"""A browser without scripts, for a sign-in through SAML: it keeps cookies, follows redirects and sends forms."""

import html.parser
import http.cookiejar
import urllib.parse
import urllib.request

from servers import Failure


class Form(html.parser.HTMLParser):
    """The first form of a page: where it goes and what it holds."""

    def __init__(self, text):
        super().__init__()
        self.action, self.fields, self.is_over = None, {}, False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if self.is_over:
            return
        if tag == "form":
            self.action = attributes.get("action", "")
        elif tag == "input" and self.action is not None and attributes.get("name"):
            self.fields[attributes["name"]] = attributes.get("value") or ""

    def handle_endtag(self, tag):
        self.is_over = self.is_over or tag == "form"


class Browser:
    """One profile."""

    def __init__(self):
        # As browsers do, it takes cookies that ask for TLS from localhost without.
        policy = http.cookiejar.DefaultCookiePolicy(secure_protocols=("https", "wss", "http"))
        self.cookies = http.cookiejar.CookieJar(policy)
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def open(self, url, fields=None):
        """Gets a page, or posts fields to it, and returns where it ended and its text."""
        data = urllib.parse.urlencode(fields).encode() if fields is not None else None
        with self.opener.open(url, data, timeout=60) as answer:
            return answer.url, answer.read().decode(errors="replace")

    def submit(self, page, **typed):
        """Sends the form of a page with what a person types into it."""
        url, text = page
        form = Form(text)
        if form.action is None:
            raise Failure(f"{url} has no form:\n{text[:2000]}")
        return self.open(urllib.parse.urljoin(url, form.action or url), form.fields | typed)

    def sign_in(self, page, name):
        """Signs in at SimpleSAMLphp's page and sends its answer on to the service provider."""
        return self.submit(self.submit(page, username=name, password=name))

    def cookie(self, name):
        """A cookie as a request's header has it."""
        for cookie in self.cookies:
            if cookie.name == name:
                return f"{name}={cookie.value}"
        raise Failure(f"the sign-in gave no cookie {name}")
