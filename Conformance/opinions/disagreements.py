"""The documents about which Portico and another program disagree, each with the kinds that explain it."""

from collections import Counter
from dataclasses import dataclass, field

import kinds

PORTICO = "Portico"


@dataclass
class Look:
    """What the conditions of a kind see: one document, who accepts it and who refuses it."""

    accepting: str
    refusing: str
    document: bytes
    source: dict
    # Portico's code, rule, and what it wanted and got.
    portico: str
    # The other program's words.
    says: str
    # The variants that both accept, with what Portico read from the document itself.
    agreed: set = field(default_factory=set)

    def agrees(self, variant):
        return variant in self.agreed


@dataclass
class Row:
    """A disagreement about one document, with the kind for each of the other programs."""

    case: dict
    source: dict
    opinion: dict
    verdicts: dict
    kinds: dict


class Disagreements:
    """All documents that some program judges otherwise than Portico.

    `here` are those that Portico accepts and another refuses, `elsewhere` those that Portico refuses and another accepts.
    """

    def __init__(self, judges, sources, cases, opinions, refusals):
        self.judges = judges
        self.sources = sources
        self.cases = cases
        self.opinions = opinions
        self.refusals = refusals
        self.kinds = kinds.read()
        self.accepted = [case for case in cases if self.is_accepted(case)]
        self.refused = [case for case in cases if not self.is_accepted(case)]
        self.agreements = self.find_agreements()
        self.here = self.rows(self.accepted)
        self.elsewhere = self.rows(self.refused)

    def is_accepted(self, case):
        return self.opinions[case["file"]]["verdict"] == "accepted"

    def document(self, case):
        return (self.judges.folder / case["file"]).read_bytes()

    def rows(self, cases):
        rows = [self.row(case) for case in cases]
        return [row for row in rows if row.kinds]

    def row(self, case):
        """What each program makes of a document; a row without kinds is one about which all agree."""
        file, opinion, source = case["file"], self.opinions[case["file"]], self.sources[case["source"]]
        verdicts = {peer: refusal.get(file) for peer, refusal in self.refusals.items()}
        looks = {
            peer: Look(
                accepting=PORTICO if says is not None else peer,
                refusing=peer if says is not None else PORTICO,
                document=self.document(case),
                source=source,
                portico=f"{opinion['verdict']} {opinion['rule']}: {opinion['reason']}",
                says=says or "",
                agreed=self.agreements.get((file, peer), set()),
            )
            for peer, says in verdicts.items()
            if (says is None) != (opinion["verdict"] == "accepted")
        }
        return Row(case, source, opinion, verdicts, {peer: self.kind(look) for peer, look in looks.items()})

    def kind(self, look):
        """The first kind that explains, or None."""
        return next((kind for kind in self.kinds if kind.explains(look)), None)

    def find_agreements(self):
        """The variants of accepted documents that a program accepts which refuses the document, by file and program."""
        cases = {}
        for case in self.accepted:
            for variant, (make, programs) in kinds.VARIANTS.items():
                refusing = [peer for peer in programs if case["file"] in self.refusals[peer]]
                if not refusing:
                    continue
                file = f"variant-{len(cases)}.xml"
                (self.judges.folder / file).write_bytes(make(self.document(case)))
                cases[file] = (dict(case, file=file), case, variant, {peer: programs[peer] for peer in refusing})
        opinions = self.judges.portico([made for made, *_ in cases.values()])
        agreed = {}
        for program in sorted({program for *_, programs in cases.values() for program in programs.values()}):
            asked = [entry for entry in cases.values() if program in entry[3].values()]
            refusal = self.judges.others([program], [made for made, *_ in asked])[program]
            for made, case, variant, programs in asked:
                is_same = opinions[made["file"]]["identity"] == self.opinions[case["file"]]["identity"]
                is_accepted = opinions[made["file"]]["verdict"] == "accepted" and made["file"] not in refusal
                if is_same and is_accepted:
                    for peer in (peer for peer, asked_program in programs.items() if asked_program == program):
                        agreed.setdefault((case["file"], peer), set()).add(variant)
        return agreed

    def failures(self):
        """What must not be, each with the document's file."""
        lines = []
        for row in self.here + self.elsewhere:
            for peer, kind in row.kinds.items():
                if kind is None:
                    who = f"{peer} refuses ({row.verdicts[peer]})" if row in self.here else f"{peer} accepts"
                    what = f"Portico says {row.opinion['verdict']}, {who}; no kind explains it"
                    lines.append(f"{row.case['file']}: {self.title(row.case)}: {what}")
        for case in self.accepted:
            if not self.says_what_was_signed(case):
                lines.append(f"{case['file']}: {self.title(case)}: accepted, and says what was not signed")
        return lines

    def says_what_was_signed(self, case):
        """Whether what was read is the original's; of an original that is refused, that of another one of the same signer.

        Of signed elements, which are read one by one, each must be the original's.
        """
        source = self.sources[case["source"]]
        read = self.opinions[case["file"]]["identity"]
        if self.opinions[source["file"]]["verdict"] != "accepted":
            trusted = source["exchange"]["certificate"]
            signed = [other for other in self.sources if other["exchange"]["certificate"] == trusted]
            return read in [self.opinions[other["file"]]["identity"] for other in signed]
        original = self.opinions[source["file"]]["identity"]
        return set(read) <= set(original) if source["scope"] == "signature" else read == original

    def title(self, case):
        source = self.sources[case["source"]]["name"]
        return f"{source}, {case['mutation']}" if case["mutation"] else source

    def counts(self, rows):
        """How many documents each kind explains, by kind and program."""
        return Counter((kind, peer) for row in rows for peer, kind in row.kinds.items())
