"""Every path of the settings, as the server's own sources register it: what is added there is tested without a word here."""

import itertools
import re

from demonstration import ROOT

SETTINGS = "/.portico/settings"
CONSOLE = ROOT / "Sources" / "Console"
SITE = ROOT / "Sources" / "GatewayHTTP" / "Site" / "PublicSite.swift"


def source(name):
    return next(CONSOLE.rglob(name)).read_text()


def cases(name):
    """The raw values of an enum of Swift."""
    body = re.search(r"enum \w+: String, CaseIterable.*?\{(.*?)\n\s*\n", source(name), re.DOTALL).group(1)
    return [raw or case for case, raw in re.findall(r'case (\w+)(?: = "([^"]+)")?$', body, re.MULTILINE)]


def of_site():
    """The properties of `PublicSite` that are paths."""
    found = {"prefix": "/.portico"}
    for name, first, rest in re.findall(r'var (\w+): String \{ self\.(\w+) \+ "([^"]+)" \}', SITE.read_text()):
        if first in found:
            found[name] = found[first] + rest
    return found


def of_navigation():
    """The pages of the navigation: their names in Swift, and their paths."""
    found = {}
    for name, first, rest in re.findall(r'case \.(\w+): site\.(\w+)(?: \+ "([^"]+)")?$', source("ConsolePath.swift"), re.M):
        found[name] = SITE_PATHS[first] + rest
    return found


def of_places():
    """The kinds of places, as they stand in paths."""
    text = (ROOT / "Sources" / "Workspaces" / "Places" / "Place.swift").read_text()
    return re.findall(r"^        case (\w+)$", text, re.MULTILINE)


PLACE_KINDS = of_places()
SITE_PATHS = of_site()
PAGES = of_navigation()


def about_people():
    """The pages of the navigation that a setup link does not open."""
    names = re.search(r"case (.*): true", source("ConsolePath.swift")).group(1)
    return [PAGES[name.strip(" .")] for name in names.split(",")]


class Endpoint:
    """A file of Swift that registers paths."""

    def __init__(self, file):
        self.file = file
        self.text = file.read_text()

    def value(self, expression):
        """The texts that an expression of Swift stands for; one that is new here fails the test until it is taught."""
        if match := re.fullmatch(r"RouterPath\((.*)\)", expression):
            return self.value(match.group(1))
        parts = [self.part(part.strip()) for part in expression.split(" + ")]
        return ["".join(combination) for combination in itertools.product(*parts)]

    def part(self, text):
        if match := re.fullmatch(r'"([^"]*)"', text):
            return [match.group(1)]
        if match := re.fullmatch(r"ConsolePath\.(\w+)\.path\(at: [\w.]+\)", text):
            return [PAGES[match.group(1)]]
        if match := re.fullmatch(r"self\.(?:service\.pages\.)?site\.(\w+)", text):
            return [SITE_PATHS[match.group(1)]]
        if text in ["self.paths.list", "MembersPath(self.service.pages.site).list"]:
            return [PAGES["places" if "PlacePath" in self.text else "members"]]
        if text == "self.paths.page(kind)":
            return [f"{PAGES['places']}/{kind}" for kind in PLACE_KINDS]
        if text == "Self.path(self.service.pages.site)":
            return self.value(re.search(r"static func path\(.*?\{ (.*) \}", self.text).group(1))
        if text == "action.rawValue":
            return cases(self.file.name)
        if text == "provider.rawValue":
            return cases("GuideProvider.swift")
        return self.named(text)

    def named(self, name):
        """What a name of this file stands for: a parameter of `add`, a constant, or a property."""
        if re.search(rf"func add\(\s*_ {name}: String", self.text):
            return re.findall(r'self\.add\("([^"]*)"', self.text)
        pattern = rf"let {name} = (.*)" if not name.startswith("self.") else rf"var {name[5:]}: String \{{ (.*) \}}"
        match = re.search(pattern, self.text)
        assert match, f"{self.file.name} registers {name}, which settings_paths.py cannot read"
        return self.value(match.group(1))

    def routes(self):
        """What the file registers: methods and paths."""
        calls = re.findall(r"\brouter\.(\w+)\((.*?)\) \{", self.text)
        assert len(calls) == len(re.findall(r"\brouter\.\w+", self.text)), f"{self.file.name} registers in a new way"
        return [(method.upper(), path) for method, expression in calls for path in self.value(expression)]


def registered():
    """The methods and paths of the settings, in order."""
    found = {route for file in CONSOLE.rglob("*.swift") if "router." in file.read_text() for route in Endpoint(file).routes()}
    return sorted(route for route in found if route[1].startswith(SETTINGS))


ROUTES = registered()


def route_of(path):
    """The registered path that a path of a request is one of."""
    exact = [route for _, route in ROUTES if route == path]
    patterns = [route for _, route in ROUTES if re.fullmatch(re.sub(r":\w+", "[^/]+", re.escape(route)), path)]
    return (exact + patterns)[0]
