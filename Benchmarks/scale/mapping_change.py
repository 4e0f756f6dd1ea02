"""A change of what groups give in a very large workspace, while its people sign in at a steady rate."""

import collections
import contextlib
import http.client
import re
import statistics
import threading
import time

from figures import Aim, Section, Verdict, figure, number
from servers import Failure
from visitor import PREFIX, Person, Visitor, sign_in

NAME = "mapping"
COMPANY = "company-b"
# Sign-ins in a second, and the seconds between two changes.
RATE, EACH = 10, 0.5
PEOPLE = range(2, 18)
PAGE = f"{PREFIX}/settings/mappings"


def people(demonstration, groups_attribute):
    """Makes the people known to the identity provider; the first administers the workspace."""
    known = demonstration.people
    for number_ in [1, *PEOPLE]:
        name = f"colleague-{number_}"
        groups = ["administrators"] if number_ == 1 else ["everybody", f"group-{1 + number_ % 2}"]
        attributes = {"email": [f"{name}@company.example"], "displayName": [name], groups_attribute: groups}
        known[name] = {"password": name, "attributes": attributes}
    demonstration.people = known
    return [Person(f"colleague-{number_}") for number_ in [1, *PEOPLE]]


class Change:
    """The form of the page of mappings, which an administrator sends again and again."""

    def __init__(self, installation, person):
        self.installation = installation
        self.roles = ["LABELER", "REVIEWER"]
        with contextlib.closing(Visitor(installation)) as visitor:
            self.session = sign_in(visitor, COMPANY, person)[2]

    def run(self):
        """Gives the people of one group another role; returns the seconds until it was in force."""
        self.roles.reverse()
        roles = {"group-1": self.roles[0], "group-2": "LABELER", "administrators": "ADMIN"}
        # A connection that was not used for a while would have been closed.
        with contextlib.closing(Visitor(self.installation)) as visitor:
            page = visitor.ask(PAGE, cookie=self.session)[2]
            form = [(name, re.search(f'name="{name}" value="([^"]*)"', page)[1]) for name in ["csrf", "version"]]
            for group, role in roles.items():
                form += [("roles.group", group), ("roles.role", role)]
            for count in range(1, 4):
                form += [("spaces.group", f"group-{count}"), ("spaces.space", f"space-{count}"), ("spaces.title", "")]
            return visitor.ask(PAGE, form, self.session, wanted=303)[0]


class Changes:
    """Changes that come one after another within a `with` statement."""

    def __init__(self, change):
        self.change, self.seconds, self.failure = change, [], None
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.work)

    def work(self):
        try:
            while not self.over.wait(EACH):
                self.seconds.append(self.change.run())
        except (Failure, OSError, http.client.HTTPException) as failure:
            self.failure = failure

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, kind, *_):
        self.over.set()
        self.thread.join()
        if kind is None and (self.failure or not self.seconds):
            raise Failure(f"the mappings could not be changed: {self.failure}")


def prepare(installation, persons, count):
    """Begins sign-ins and has the identity provider answer them; what is left is to deliver the answers."""
    visitor, prepared = Visitor(installation), []
    for index in range(count):
        _, cookie, location = visitor.start(COMPANY)
        prepared.append((persons[index % len(persons)].response(location), cookie))
    visitor.close()
    return prepared


def deliver(installation, prepared):
    """Delivers responses at a steady rate, whether the ones before were answered or not; returns the seconds that each
    took, from the moment when it was due."""
    waiting = collections.deque(enumerate(prepared))
    taken, failures, start = [], [], time.perf_counter() + 0.5

    def work():
        visitor = Visitor(installation)
        try:
            while True:
                index, (response, cookie) = waiting.popleft()
                due = start + index / RATE
                time.sleep(max(0, due - time.perf_counter()))
                visitor.finish(response, cookie)
                taken.append(time.perf_counter() - due)
        except IndexError:
            pass
        except (Failure, OSError, http.client.HTTPException) as failure:
            failures.append(failure)
        finally:
            visitor.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise Failure(f"a sign-in failed: {failures[0]}")
    return taken


def run(large, pace, tell):
    groups_attribute = large.sql(
        f"SELECT groups_attribute FROM identity_providers JOIN workspaces USING (workspace_id) WHERE company_id = '{COMPANY}'"
    )
    administrator, *persons = people(large.demonstration, groups_attribute)
    change = Change(large, administrator)
    change.run()
    count = pace.amount(200)
    # The first sign-in of each person writes what the assertion changes; the later ones are what most sign-ins are.
    deliver(large, prepare(large, persons, 2 * len(persons)))
    tell(f"{NAME}: {count} sign-ins")
    before = deliver(large, prepare(large, persons, count))
    tell(f"{NAME}: {count} sign-ins, and changes meanwhile")
    prepared = prepare(large, persons, count)
    with Changes(change) as changes:
        meanwhile = deliver(large, prepared)
    return section(large, changes.seconds, before, meanwhile)


def section(large, changes, before, meanwhile):
    def row(name, values):
        milliseconds = [1e3 * value for value in values]
        return [name, len(values), number(statistics.median(milliseconds)), number(p99(milliseconds)), number(max(milliseconds))]

    rows = [
        row(f"a change, one after another with {EACH} s between", changes),
        row(f"sign-ins, {RATE} in a second, before", before),
        row(f"sign-ins, {RATE} in a second, meanwhile", meanwhile),
    ]
    work = f"role mapping of {large.numbers['vast']:,} members"
    verdicts = [
        Verdict(work, Aim("s for the slowest change", 5), figure([max(changes)])),
        Verdict(f"{work}, the slowest sign-in meanwhile", Aim("s", 1), figure([max(meanwhile)])),
    ]
    title = f"Another role for a group, in a workspace of {large.numbers['vast']:,} members whose people sign in"
    return Section(NAME, title, ["", "Number", "ms, median", "p99", "slowest"], rows, verdicts)


def p99(values):
    return sorted(values)[int(0.99 * (len(values) - 1))]
