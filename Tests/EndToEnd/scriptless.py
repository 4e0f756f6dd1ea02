"""A browser without script at the settings, which notes what each page and form answered."""

import collections
import urllib.parse

from playwright.sync_api import expect

from conftest import open_profile
from pages import authenticate_without_script
from settings_paths import SETTINGS, route_of

COMPANY = "plain"
THIS = f"workspace_id = (SELECT workspace_id FROM workspaces WHERE company_id = '{COMPANY}')"


class ScriptlessSettings:
    """The settings as somebody uses them whose browser runs no script."""

    def __init__(self, demo, origin, context, with_script, answers=None):
        self.demo = demo
        self.origin = origin
        self.context = context
        self.with_script = with_script
        self.answers = collections.defaultdict(set) if answers is None else answers
        self.page = self.new_page()

    def elsewhere(self):
        """The settings at another browser, which nobody has signed in to."""
        context = open_profile(self.context.browser, java_script_enabled=False)
        return ScriptlessSettings(self.demo, self.origin, context, self.with_script, self.answers)

    def new_page(self):
        page = self.context.new_page()
        page.on("response", self.note)
        return page

    def note(self, response):
        path = urllib.parse.urlsplit(response.url).path
        if response.request.is_navigation_request() and path.startswith(SETTINGS):
            route = route_of(path).removeprefix(SETTINGS)
            self.answers[f"{response.request.method} {route}"].add(response.status)

    def open(self, path="", page=None):
        """Opens a page of the settings."""
        page = page or self.page
        page.goto(self.origin + SETTINGS + path)
        return page

    def left_open(self, path=""):
        """A page that was opened a while ago, and does not know what becomes of what it shows."""
        return self.open(path, self.new_page())

    def press(self, name, page=None, exact=False):
        (page or self.page).get_by_role("button", name=name, exact=exact).first.click()

    def says(self, text, page=None):
        """Waits for a page that confirms something."""
        expect((page or self.page).get_by_role("status").filter(has_text=text).first).to_be_visible()

    def refuses(self, text, page=None):
        """Waits for a page that refuses something, and says what is wrong."""
        expect((page or self.page).get_by_role("alert").filter(has_text=text).first).to_be_visible()

    def is_not_there(self, page):
        expect(page.locator(".reference code").first).to_have_text("not_found")

    def confirm(self):
        """Shows the identity provider anew who is there, as a dangerous step asks for."""
        self.page.get_by_role("link", name="Confirm who you are").click()
        self.page.wait_for_url(self.demo.state["identity_provider_url"] + "**")
        authenticate_without_script(self.page, "ann")
        self.page.wait_for_url(f"**{SETTINGS}/**")
        # At the identity provider nobody stays signed in.
        self.context.clear_cookies(domain="127.0.0.1")

    def forget_confirmation(self):
        """As if the last proof were long ago, whatever sweep came before."""
        self.demo.sql(f"UPDATE sessions SET confirmed_at = NULL WHERE {THIS}")

    def choose_unlisted(self, selector, value):
        """Chooses what a list does not have, as an old page may."""
        self.page.locator(selector).evaluate("(list, value) => list.add(new Option(value, value, true, true))", value)


SWEEPS = []


def sweep(answers):
    """Declares what the forms and pages answer that a sweep goes over."""
    def declare(function):
        function.answers = {route: set(statuses) for route, statuses in answers.items()}
        SWEEPS.append(function)
        return function
    return declare
