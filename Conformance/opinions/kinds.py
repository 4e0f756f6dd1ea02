"""Why Portico is right where another program thinks otherwise: the kinds of `kinds.tsv`, and what their conditions mean.

A kind names who accepts and who refuses, and conditions that all must hold of a document:

    document PATTERN    the document has the pattern
    portico PATTERN     Portico refuses with this code, rule, and what it wanted and got
    says PATTERN        the other program refuses with these words
    scope WHAT          so much of the message is judged: `signature` or `response`
    agrees VARIANT      the other program accepts the document when VARIANT is made of it, and Portico reads the same from it
    lacks key           the service provider has no key to decrypt with
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).resolve().parent / "kinds.tsv"
KEY_INFO = re.compile(rb"<((?:[\w.\-]+:)?)KeyInfo\b(?:[^>]*[^/>])?>.*?</\1KeyInfo\s*>", re.DOTALL)
SIGNATURE = re.compile(rb"<((?:[\w.\-]+:)?)Signature\b.*?</\1Signature\s*>", re.DOTALL)
ASSERTION = re.compile(rb"<((?:[\w.\-]+:)?(?:Encrypted)?Assertion)\b.*</\1\s*>", re.DOTALL)
ISSUER = re.compile(rb"</(?:[\w.\-]+:)?Issuer\s*>")
VALUE = re.compile(rb"(<(?:[\w.\-]+:)?(?:SignatureValue|DigestValue)\b[^>]*>)([^<]*)(?=<)")


@dataclass(frozen=True)
class Kind:
    name: str
    accepts: str
    refuses: str
    conditions: tuple
    reason: str

    def explains(self, look):
        """Whether the kind is about these programs, and all its conditions hold."""
        if not re.fullmatch(self.accepts, look.accepting) or not re.fullmatch(self.refuses, look.refusing):
            return False
        return all(CONDITIONS[word](look, argument) for word, argument in self.conditions)


def read():
    with open(TABLE, newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    kinds = []
    for row in rows:
        conditions = tuple(tuple(condition.split(" ", 1)) for condition in row["conditions"].split(" & "))
        unknown = [word for word, _ in conditions if word not in CONDITIONS]
        if unknown:
            raise ValueError(f"{TABLE}: there is no condition {unknown[0]}")
        kinds.append(Kind(row["kind"], row["accepts"], row["refuses"], conditions, row["reason"]))
    return kinds


def without_key_info(document):
    """Without the KeyInfo that nothing signs: of the Response's signature, or else of the assertion's."""
    before, assertion, behind = halves(document)
    outside = [SIGNATURE.sub(lambda found: KEY_INFO.sub(b"", found[0]), part) for part in (before, behind)]
    if SIGNATURE.search(before + behind):
        return outside[0] + assertion + outside[1]
    return before + SIGNATURE.sub(lambda found: KEY_INFO.sub(b"", found[0]), assertion) + behind


def signatures_behind_issuer(document):
    """With each signature where the XML Schema has it; what a signature covers is the element without it."""
    before, assertion, behind = halves(document)
    here = b"<!-- assertion -->"
    return behind_issuer(before + here + behind).replace(here, behind_issuer(assertion))


def behind_issuer(part):
    signature = SIGNATURE.search(part)
    if not signature:
        return part
    rest = part[: signature.start()] + part[signature.end() :]
    issuer = ISSUER.search(rest)
    return rest[: issuer.end()] + signature[0] + rest[issuer.end() :] if issuer else part


def halves(document):
    """What stands before the assertion, the assertion, and what stands behind it."""
    found = ASSERTION.search(document)
    if not found:
        return document, b"", b""
    return document[: found.start()], found[0], document[found.end() :]


def plain_values(document):
    """With the values of signatures and digests in one line, and no reference for a character in them."""

    def plain(match):
        text = re.sub(rb"&#(x?)([0-9a-fA-F]+);", lambda found: bytes([int(found[2], 16 if found[1] else 10) & 127]), match[2])
        return match[1] + b"".join(text.split())

    return VALUE.sub(plain, document)


# What is made of a document, and the programs that are asked about it.
EVERYBODY = {"xmlsec1": "xmlsec1", "python3-saml": "python3-saml", "lasso": "lasso"}
VARIANTS = {
    "without KeyInfo": (without_key_info, EVERYBODY),
    "with the signature behind the Issuer": (signatures_behind_issuer, EVERYBODY),
    "without KeyInfo, with the signature behind the Issuer": (
        lambda document: signatures_behind_issuer(without_key_info(document)),
        EVERYBODY,
    ),
    "with plain values": (plain_values, EVERYBODY),
    "without XML Schema": (lambda document: document, {"python3-saml": "python3-saml-without-schema"}),
}

CONDITIONS = {
    "document": lambda look, pattern: re.search(pattern.encode(), look.document, re.DOTALL) is not None,
    "portico": lambda look, pattern: re.search(pattern, look.portico, re.DOTALL) is not None,
    "says": lambda look, pattern: re.search(pattern, look.says) is not None,
    "scope": lambda look, scope: look.source["scope"] == scope,
    "agrees": lambda look, variant: look.agrees(variant),
    "lacks": lambda look, _: not look.source["exchange"]["decryptionKey"],
}
