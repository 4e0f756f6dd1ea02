"""One demonstration and one browser for the whole run, or for each of its workers; a fresh browser profile for each test."""

import os
import pathlib

import pytest
from playwright.sync_api import expect, sync_playwright

from demonstration import ROOT, Demonstration

# Long enough for a machine that builds something else at the same time: a test that passes never waits for it.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)

CHROMIUM = pathlib.Path("/usr/bin/chromium")
ARTIFACTS = pathlib.Path(os.environ.get("PORTICO_E2E_ARTIFACTS", ROOT / ".build" / "end-to-end"))


@pytest.fixture(scope="session")
def demo():
    """The demonstration; the gateway is on localhost and the identity provider on 127.0.0.1, which are two sites."""
    demonstration = Demonstration()
    try:
        yield demonstration.start()
    finally:
        ARTIFACTS.mkdir(parents=True, exist_ok=True)
        worker = os.environ.get("PYTEST_XDIST_WORKER", "")
        (ARTIFACTS / f"portico{worker and '-'}{worker}.log").write_text(demonstration.log)
        demonstration.remove()


@pytest.fixture(scope="session")
def browser():
    options = {"executable_path": str(CHROMIUM)} if CHROMIUM.exists() else {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(args=["--no-sandbox"], **options)
        yield browser
        browser.close()


def open_profile(browser, **options):
    """A browser profile that knows nothing of others: another person at another machine."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def new_person(browser):
    """Makes browser profiles that know nothing of each other; each call is another person at another machine."""
    contexts = []

    def make(**options):
        contexts.append(open_profile(browser, **options))
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_person):
    """A page in a profile of its own; its end is kept as a picture when the test fails."""
    return new_person().new_page()


@pytest.fixture(autouse=True)
def people(demo):
    """Gives the identity provider's people back after a test that changed them."""
    before = demo.people
    yield
    demo.people = before


@pytest.fixture(scope="module", autouse=True)
def names(demo):
    """Fails the file that leaves a workspace behind which has the SP issuer of the demonstration's and does not trust their
    identity provider: single logout would be off for them (Decision 0012), and the tests of a later file would fail."""
    yield
    own = "company_id IN ('company-a', 'company-b')"
    misled = demo.sql(f"SELECT company_id FROM workspaces WHERE {own} AND NOT portico_namesakes_agree(workspace_id)")
    assert not misled, f"others have the SP issuer of these and do not trust their identity provider: {misled}"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    page = item.funcargs.get("page") if hasattr(item, "funcargs") else None
    if outcome.get_result().failed and page is not None and call.when == "call":
        folder = ARTIFACTS / "failures"
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{item.name}.png", full_page=True)
        (folder / f"{item.name}.html").write_text(page.content())
