"""The times of ten workspaces beside those of very many: request by request, the two in turns."""

import statistics

from figures import Aim, Section, Verdict, figure, number, ratios
from visitor import PREFIX, Person, Visitor, sign_in

NAME = "compared"
COMPANY = "company-a"
AIM = Aim("time to that with 10 workspaces", 1.2)
PAGES = {
    "member list": "/settings/members",
    "member list, the second page": "/settings/members?after=person-5@company.example",
    "member list, a search": "/settings/members?q=son-77",
    "sign-in log": "/settings/sign-in-log",
    "audit log": "/settings/audit-log",
    "audit log, refusals": "/settings/audit-log?refused=on",
}
START, END = "sign-in start", "response to session"
# The people who sign in, by their numbers in the database: all of them are active.
PEOPLE = range(2, 10)


def people(demonstration):
    """Makes the people known to the identity provider."""
    for number_ in PEOPLE:
        demonstration.add_person(f"person-{number_}", f"Person {number_}", roles=["company-a_LABELER"])
    return [Person(f"person-{number_}") for number_ in PEOPLE]


class Side:
    """One of the two installations, as it is measured."""

    def __init__(self, installation, persons):
        self.installation, self.persons = installation, persons
        self.visitor = Visitor(installation)
        self.session = sign_in(self.visitor, COMPANY, Person("ann"))[2]
        # The first sign-in of each person writes what the assertion changes; the later ones are what most sign-ins are.
        for person in persons:
            sign_in(self.visitor, COMPANY, person)

    def sample(self, turn):
        """The seconds of each request, once."""
        start, end, _ = sign_in(self.visitor, COMPANY, self.persons[turn % len(self.persons)])
        times = {START: start, END: end}
        for name, path in PAGES.items():
            times[name] = self.visitor.ask(PREFIX + path, cookie=self.session)[0]
        return times


def run(small, large, pace, tell):
    persons = people(small.demonstration)
    sides = [Side(small, persons), Side(large, persons)]
    for turn in range(pace.amount(30)):
        for side in sides:
            side.sample(turn)
    times = [{name: [] for name in [START, END, *PAGES]} for _ in sides]
    for turn in range(pace.rounds(9)):
        tell(f"{NAME}: round {turn + 1}")
        taken = [{name: [] for name in [START, END, *PAGES]} for _ in sides]
        for index in range(pace.amount(16)):
            for side in range(2) if index % 2 else reversed(range(2)):
                for name, seconds in sides[side].sample(index).items():
                    taken[side][name].append(seconds)
        for side in range(2):
            for name, values in taken[side].items():
                times[side][name].append(1e3 * statistics.median(values))
    for side in sides:
        side.visitor.close()
    rows, verdicts = [], []
    for name in times[0]:
        compared = ratios(times[1][name], times[0][name])
        rows.append([name, *(number(figure(side[name]).median) for side in times), compared])
        verdicts.append(Verdict(name, AIM, compared))
    head = ["", "ms, 10 workspaces", f"ms, {large.numbers['workspaces']:,} workspaces", "Ratio (quartiles)"]
    return Section(NAME, f"A workspace of 100 members among 10 and among {large.numbers['workspaces']:,}", head, rows, verdicts)
