"""The messages of other projects and the given attacks, with what each must agree with."""

import base64
import binascii
import csv
import re
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WHOLE = ROOT / "Tests" / "SAMLBindingsTests" / "Fixtures" / "corpora"
SIGNATURES = ROOT / "Tests" / "XMLSecurityTests" / "Fixtures" / "corpora"
EXPERIMENTS = ROOT / "Tests" / "XMLSecurityTests" / "Fixtures" / "portico-experiments"
EXPERIMENT = {
    "serviceProvider": "https://sp.example",
    "identityProvider": "https://idp.example",
    "assertionConsumerService": "https://sp.example/acs",
}


def sources(folder):
    """A source for each message, whose file is written into the folder."""
    found = []

    def add(name, document, exchange, algorithms, scope):
        file = f"corpus-{len(found)}.xml"
        (folder / file).write_bytes(document)
        source = {"name": name, "file": file, "exchange": exchange, "algorithms": algorithms, "scope": scope}
        found.append(dict(source, identity=claimed(r"NameID[^>]*>\s*([^<\s]+)", document)))

    for row in table(WHOLE / "INDEX.tsv"):
        document = decoded(row, WHOLE)
        key = (WHOLE / row["decryption_key"]).read_text() if row["decryption_key"] else None
        exchange = dict(claims(row, document), certificate=certificates(row, WHOLE), decryptionKey=key)
        add(row["file"], document, exchange, "old", "response")
    for row in table(SIGNATURES / "index.tsv"):
        document = decoded(row, SIGNATURES)
        add(row["file"], document, dict(claims({}, document), certificate=certificates(row, SIGNATURES)), "old", "signature")
    certificate = (EXPERIMENTS / "idp.crt").read_text()
    for path in sorted(EXPERIMENTS.glob("*.xml")):
        document = path.read_bytes()
        exchange = claims({"valid_at": "2026-01-01T00:00:30Z"}, document) | EXPERIMENT | {"certificate": certificate}
        add(f"{path.parent.name}/{path.name}", document, exchange, "standard", "response")
    return found


def table(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def decoded(row, folder):
    data = (folder / row["file"]).read_bytes()
    if row["encoding"] != "base64":
        return data
    try:
        return base64.b64decode(data)
    except binascii.Error:
        return data


def certificates(row, folder):
    """The certificates of a row in PEM, also where they came as bare base64."""
    texts = [(folder / path).read_text().strip() for path in row["certificates"].split(";") if path]
    begin, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
    return "\n".join(text if begin in text else f"{begin}\n{text}\n{end}" for text in texts)


def claims(row, document):
    """What a row leaves open is taken from the message, as the tests do; the names of the row decide."""
    instant = row.get("valid_at") or claimed(r'IssueInstant="([^"]*)"', document)
    try:
        now = datetime.fromisoformat(instant.replace("Z", "+00:00")).timestamp()
    except ValueError:
        now = 0
    consumer = row.get("consumer") or claimed(r'Recipient="([^"]*)"', document) or claimed(r'Destination="([^"]*)"', document)
    return {
        "serviceProvider": row.get("audience") or claimed(r"Audience>([^<]*)<", document) or "none",
        "identityProvider": row.get("issuer") or claimed(r"Issuer[^>]*>([^<]*)<", document) or "none",
        "assertionConsumerService": consumer or "https://none.example/acs",
        "requestID": claimed(r'Response [^>]*InResponseTo="([A-Za-z_][\w.\-]*)"', document) or None,
        "decryptionKey": None,
        "now": now,
    }


def claimed(pattern, document):
    found = re.search(pattern, document.decode("utf-8", "replace"))
    return found[1].strip() if found else ""
