"""Looks at pages as people do, and keeps pictures of them."""

from axe_core_python.sync_playwright import Axe

WIDTHS = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}
SCHEMES = ["light", "dark"]
AXE = Axe().axe_script


class Watch:
    """Looks at pages: keeps pictures, and refuses what a person could not use."""

    def __init__(self, page, folder):
        self.page = page
        self.folder = folder
        self.complaints = []
        folder.mkdir(parents=True, exist_ok=True)
        # A color that is on its way to another one is neither.
        page.emulate_media(reduced_motion="reduce")
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def hear(self, message):
        # Chromium calls every answer of 404 and 422 an error.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def look(self, name, rules=None):
        """Keeps a picture of the page as it is, and asks axe-core and the console what is wrong with it.

        Without `rules` all of axe-core's are asked.
        """
        self.page.screenshot(path=self.folder / f"{name}.png", full_page=True)
        overflow = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{name} is wider than the window"
        assert self.page.locator("h1").count() == 1
        assert self.page.locator("html").get_attribute("lang") == "en"
        if self.page.evaluate("typeof axe === 'undefined'"):
            self.page.evaluate(AXE)
        options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
        violations = self.page.evaluate("options => axe.run(options)", options)["violations"]
        found = [(each["id"], [node["html"] for node in each["nodes"]]) for each in violations]
        assert not found, f"{name}: {found}"
        assert not self.complaints

    def look_everywhere(self, name):
        """Looks at the page wide and narrow, light and dark; in the dark nothing but the colors is another."""
        for scheme in SCHEMES:
            rules = None if scheme == "light" else ["cat.color"]
            self.page.emulate_media(color_scheme=scheme)
            for width, size in WIDTHS.items():
                self.page.set_viewport_size(size)
                self.look(f"{name}-{width}-{scheme}", rules)
