"""Lets another program judge the documents of a folder, each after its own reading.

    judge.py lasso|python3-saml|python3-saml-without-schema|xmlsec1 FOLDER

Reads `sources.json` and `cases.json` of the folder, and prints a JSON object of the refusals: the file's name and the
reason given. `python3-saml-without-schema` is the same program with its validation against the XML Schema left out.
"""

import base64
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Benchmarks" / "peers"))


def main():
    name, folder = sys.argv[1], Path(sys.argv[2])
    sources = json.loads((folder / "sources.json").read_text())
    checks = [configured(CHECKS[name], source) for source in sources]
    cases = json.loads((folder / "cases.json").read_text())
    # What is in this process is not made for threads; xmlsec1 is a process for each document.
    with ThreadPoolExecutor(os.cpu_count() if name == "xmlsec1" else 1) as pool:
        reasons = pool.map(lambda case: checks[case["source"]](folder / case["file"]), cases)
        refusals = {case["file"]: reason for case, reason in zip(cases, reasons) if reason is not None}
    json.dump(refusals, sys.stdout)


def configured(make_check, source):
    """A check, also where the program cannot be configured for it: then it refuses everything."""
    try:
        return make_check(source)
    except Exception as error:  # Whatever its libraries raise.
        reason = f"cannot be configured: {type(error).__name__}: {error}"[:200]
        return lambda path: reason


def certificates(exchange):
    """The certificates of an exchange in PEM, each apart."""
    return re.findall(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", exchange["certificate"], re.DOTALL)


def lasso_check(source):
    """lasso with its own check of conditions where the clock allows it, which it cannot be told."""
    import lasso
    import time

    import lasso_login

    exchange = dict(source["exchange"])
    server = lasso.Server.newFromBuffers(lasso_login.service_provider_metadata(exchange), exchange["decryptionKey"])
    if exchange["decryptionKey"]:
        server.setEncryptionPrivateKey(exchange["decryptionKey"])
    server.addProviderFromBuffer(lasso.PROVIDER_ROLE_IDP, lasso_login.identity_provider_metadata(exchange))

    def check(path):
        login = lasso.Login(server)
        try:
            login.setSignatureVerifyHint(lasso.PROFILE_SIGNATURE_VERIFY_HINT_MAYBE)
            login.processAuthnResponseMsg(base64.b64encode(path.read_bytes()).decode())
            if source["scope"] == "response":
                login.acceptSso()
        except lasso.Error as error:
            return str(error)
        if abs(time.time() - exchange["now"]) < 120:
            outcome = login.assertion.validateConditions(exchange["serviceProvider"])
            if outcome != lasso.SAML2_ASSERTION_VALID:
                return f"conditions: {outcome}"
        return None

    return check


def python3_saml_check(source, has_schema=True):
    """python3-saml, strict, at the time of the exchange; for a signature alone the function of it that verifies one."""
    from onelogin.saml2.response import OneLogin_Saml2_Response
    from onelogin.saml2.settings import OneLogin_Saml2_Settings
    from onelogin.saml2.utils import OneLogin_Saml2_Utils
    from onelogin.saml2.xml_utils import OneLogin_Saml2_XML

    exchange = source["exchange"]
    trusted = certificates(exchange)
    # Nobody has said where a message goes of which the signature alone is judged.
    is_whole = source["scope"] == "response"
    consumer = exchange["assertionConsumerService"] if is_whole else "https://none.example/acs"
    settings = OneLogin_Saml2_Settings(
        {
            "strict": True,
            "sp": {
                "entityId": exchange["serviceProvider"],
                "assertionConsumerService": {"url": consumer},
                "privateKey": exchange["decryptionKey"] or "",
            },
            "idp": {
                "entityId": exchange["identityProvider"],
                "singleSignOnService": {"url": "https://idp.example/sso"},
                "x509certMulti": {"signing": trusted},
            },
            "security": {
                "rejectDeprecatedAlgorithm": source["algorithms"] == "standard",
                "wantNameId": False,
                "wantAttributeStatement": False,
            },
        }
    )
    url = urlsplit(consumer)
    request = {"https": "on" if url.scheme == "https" else "off", "http_host": url.netloc, "script_name": url.path}
    validate = OneLogin_Saml2_XML.validate_xml

    def check(path):
        OneLogin_Saml2_Utils.now = staticmethod(lambda: int(exchange["now"]))
        OneLogin_Saml2_XML.validate_xml = validate if has_schema else staticmethod(lambda document, *rest: document)
        try:
            if not is_whole:
                verify_signatures(OneLogin_Saml2_Utils, OneLogin_Saml2_XML, path.read_bytes(), trusted)
            else:
                response = OneLogin_Saml2_Response(settings, base64.b64encode(path.read_bytes()).decode())
                response.is_valid(request, exchange["requestID"], raise_exceptions=True)
        except Exception as error:  # It raises whatever its libraries raise.
            return f"{type(error).__name__}: {error}"[:200]
        return None

    return check


def verify_signatures(utils, reader, message, trusted):
    """What python3-saml does about the signatures of a Response and of its assertion, one of which must be there."""
    places = [utils.RESPONSE_SIGNATURE_XPATH, utils.ASSERTION_SIGNATURE_XPATH]
    signed = [place for place in places if reader.query(reader.to_etree(message), place)]
    for place in signed or places:
        utils.validate_sign(message, multicerts=trusted, xpath=place, raise_exceptions=True)


def xmlsec1_check(source):
    """`xmlsec1 --verify`: the first signature of the document, and nothing of SAML."""
    files = []
    for certificate in certificates(source["exchange"]):
        files.append(tempfile.NamedTemporaryFile("w", suffix=".pem"))
        files[-1].write(certificate)
        files[-1].flush()
    names = ["urn:oasis:names:tc:SAML:2.0:protocol:Response", "urn:oasis:names:tc:SAML:2.0:assertion:Assertion"]
    options = [option for name in names for option in ("--id-attr:ID", name)]

    def check(path):
        reason = "no certificate"
        for file in files:
            command = ["xmlsec1", "--verify", *options, "--pubkey-cert-pem", file.name, str(path)]
            try:
                done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=10)
            except subprocess.TimeoutExpired:
                return "no answer in ten seconds"
            if done.returncode == 0:
                return None
            reason = " ".join(line for line in done.stderr.splitlines() if "error" in line.lower() or "FAIL" in line)[:300]
        return reason or "refused without a word"

    return check


CHECKS = {
    "lasso": lasso_check,
    "python3-saml": python3_saml_check,
    "python3-saml-without-schema": lambda source: python3_saml_check(source, has_schema=False),
    "xmlsec1": xmlsec1_check,
}


if __name__ == "__main__":
    main()
