"""What a person does on the pages, and what they read there."""

from playwright.sync_api import expect


def enter_company(page, company_id):
    """Types a Company ID on the sign-in page that is open and sends the form."""
    page.get_by_label("Company ID").fill(company_id)
    page.get_by_role("button").first.click()


def authenticate(page, name):
    """Signs in at the identity provider, whose form is open."""
    page.locator("#username").fill(name)
    page.locator("#password").fill(name)
    page.locator("#password").press("Enter")


def go_on_without_script(page):
    """Sends the response on by the button that the identity provider shows to a browser without script."""
    page.locator("form[action$='/acs']").get_by_role("button").last.click()


def authenticate_without_script(page, name):
    """The same in a browser without script."""
    authenticate(page, name)
    go_on_without_script(page)


def sign_in(page, demo, company_id, name, path="/"):
    """Goes the whole way from the application's address to the application."""
    page.goto(demo.url(path))
    enter_company(page, company_id)
    page.wait_for_url(demo.state["identity_provider_url"] + "**")
    authenticate(page, name)


def expect_greeting(page, name, company_id, role):
    """The application greets the person with what the gateway says of them."""
    expect(page.locator("#display-name")).to_have_text(name)
    expect(page.locator("#company")).to_have_text(company_id)
    expect(page.locator("#role")).to_have_text(role)


def expect_refusal(page, code):
    """The error page names the code and an id to ask for help with."""
    reference = page.locator(".reference")
    expect(reference.locator("code").first).to_have_text(code)
    expect(reference.locator("code").nth(1)).not_to_be_empty()


def header(page, name):
    """The value of a header as the application received it, None when it did not."""
    cell = page.locator(f'[data-header="{name.lower()}"]')
    return cell.inner_text() if cell.count() else None


def session_cookie(page, demo):
    """The session of the person who has signed in, as the value of a `Cookie` header."""
    name = "__Host-portico_session"
    [value] = [cookie["value"] for cookie in page.context.cookies(demo.url("/")) if cookie["name"] == name]
    return f"{name}={value}"
