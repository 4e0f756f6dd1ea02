"""Every page and every form of the settings without script: with what is right, and with what is wrong."""

import socket

import pytest

import sweeps_of_people  # noqa: F401
import sweeps_of_single_sign_on  # noqa: F401
from conftest import open_profile
from mail_catcher import MailCatcher
from pages import enter_company, expect_greeting, sign_in
from scriptless import COMPANY, SWEEPS, THIS, ScriptlessSettings
from settings_paths import ROUTES, SETTINGS
from test_invitations import add_workspace


@pytest.fixture(scope="module")
def plain(demo, browser):
    """Ann at the settings of her workspace, at a node that mails and whose name server never answers."""
    add_workspace(demo, COMPANY)
    demo.portico("workspace", "local-sign-in", COMPANY, "members")
    for name, role in [("bob", "LABELER"), ("dora", "LABELER"), ("jon", "ADMIN")]:
        demo.portico("member", "invite", COMPANY, f"{name}@company.example", "--role", role)
    # As if they had come in.
    demo.sql(
        f"UPDATE memberships SET state = 'ACTIVE', last_assertion_issued_at = now() WHERE {THIS}"
        " AND email IN ('dora@company.example', 'jon@company.example')"
    )
    contexts = [open_profile(browser, java_script_enabled=script) for script in [True, True, False]]
    ann, bob = (context.new_page() for context in contexts[:2])
    sign_in(ann, demo, COMPANY, "ann")
    expect_greeting(ann, "Ann Archer", COMPANY, "ADMIN")
    sign_in(bob, demo, COMPANY, "bob")
    expect_greeting(bob, "Bob Baker", COMPANY, "LABELER")
    # And once more, so that there are two sessions to end.
    contexts[1].clear_cookies(domain="localhost")
    bob.goto(demo.url("/"))
    enter_company(bob, COMPANY)
    expect_greeting(bob, "Bob Baker", COMPANY, "LABELER")
    contexts[2].add_cookies(contexts[0].cookies(demo.url("/")))
    with MailCatcher() as catcher, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        with demo.another_node(
            demo.state["application_url"],
            PORTICO_PUBLIC_URL=demo.state["public_url"],
            PORTICO_SMTP_URL=catcher.url,
            PORTICO_MAIL_FROM="portico@gateway.example",
            PORTICO_DNS_RESOLVER=f"127.0.0.1:{silent.getsockname()[1]}",
        ) as node:
            yield ScriptlessSettings(demo, node, contexts[2], with_script=ann)
    for context in contexts:
        context.close()


@pytest.mark.parametrize("sweep", SWEEPS, ids=lambda sweep: sweep.__name__)
def test_a_page_and_its_forms_work_without_script(plain, sweep):
    plain.answers.clear()
    sweep(plain)
    for route, statuses in sweep.answers.items():
        assert plain.answers[route] == statuses, route
    forms = {route for route in plain.answers if route.startswith("POST")}
    assert forms == {route for route in sweep.answers if route.startswith("POST")}


def test_no_page_and_no_form_is_left_out():
    swept = {route for sweep in SWEEPS for route in sweep.answers}
    assert swept == {f"{method} {path.removeprefix(SETTINGS)}" for method, path in ROUTES}
