"""Lets another program judge the documents of a folder, each after its own reading.

    judge.py lasso|python3-saml|xmlsec1 FOLDER

Reads `cases.json` of the folder, and prints a JSON object of the refusals: the file's name and the reason given.
"""

import base64
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Benchmarks" / "peers"))


def main():
    name, folder = sys.argv[1], Path(sys.argv[2])
    make_check = {"lasso": lasso_check, "python3-saml": python3_saml_check, "xmlsec1": xmlsec1_check}[name]
    checks = {}
    refusals = {}
    for case in json.loads((folder / "cases.json").read_text()):
        exchange = case["exchange"]
        key = json.dumps(exchange, sort_keys=True)
        if key not in checks:
            checks[key] = configured(make_check, exchange)
        reason = checks[key](folder / case["file"])
        if reason is not None:
            refusals[case["file"]] = reason
    json.dump(refusals, sys.stdout)


def configured(make_check, exchange):
    """A check, also where the program cannot be configured for it: then it refuses everything."""
    try:
        return make_check(exchange)
    except Exception as error:  # Whatever its libraries raise.
        reason = f"cannot be configured: {error}"[:200]
        return lambda path: reason


def certificates(exchange):
    """The certificates of an exchange in PEM, also where they came as bare base64."""
    text = exchange["certificate"]
    found = re.findall(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", text, re.DOTALL)
    return found or [f"-----BEGIN CERTIFICATE-----\n{text.strip()}\n-----END CERTIFICATE-----"]


def lasso_check(exchange):
    """lasso with its own check of conditions where the clock allows it, which it cannot be told."""
    import lasso
    import time

    import lasso_login

    exchange = dict(exchange, certificate=certificates(exchange)[0])
    server = lasso.Server.newFromBuffers(lasso_login.service_provider_metadata(exchange), None)
    server.addProviderFromBuffer(lasso.PROVIDER_ROLE_IDP, lasso_login.identity_provider_metadata(exchange))
    is_now = abs(time.time() - exchange["now"]) < 120

    def check(path):
        login = lasso.Login(server)
        try:
            login.setSignatureVerifyHint(lasso.PROFILE_SIGNATURE_VERIFY_HINT_MAYBE)
            login.processAuthnResponseMsg(base64.b64encode(path.read_bytes()).decode())
            login.acceptSso()
        except lasso.Error as error:
            return str(error)
        if is_now:
            outcome = login.assertion.validateConditions(exchange["serviceProvider"])
            if outcome != lasso.SAML2_ASSERTION_VALID:
                return f"conditions: {outcome}"
        return None

    return check


def python3_saml_check(exchange):
    """python3-saml, strict, with the XML Schema, at the time of the exchange."""
    from onelogin.saml2.response import OneLogin_Saml2_Response
    from onelogin.saml2.settings import OneLogin_Saml2_Settings
    from onelogin.saml2.utils import OneLogin_Saml2_Utils

    certificate = {"x509cert": certificates(exchange)[0]}
    settings = OneLogin_Saml2_Settings(
        {
            "strict": True,
            "sp": {
                "entityId": exchange["serviceProvider"],
                "assertionConsumerService": {"url": exchange["assertionConsumerService"]},
            },
            "idp": {
                "entityId": exchange["identityProvider"],
                "singleSignOnService": {"url": "https://idp.example/sso"},
                **certificate,
            },
            "security": {"rejectDeprecatedAlgorithm": True, "wantNameId": False, "wantAttributeStatement": False},
        }
    )
    url = urlsplit(exchange["assertionConsumerService"])
    request = {"https": "on" if url.scheme == "https" else "off", "http_host": url.netloc, "script_name": url.path}

    def check(path):
        OneLogin_Saml2_Utils.now = staticmethod(lambda: int(exchange["now"]))
        try:
            response = OneLogin_Saml2_Response(settings, base64.b64encode(path.read_bytes()).decode())
            response.is_valid(request, exchange["requestID"], raise_exceptions=True)
        except Exception as error:  # It raises whatever its libraries raise.
            return f"{type(error).__name__}: {error}"[:200]
        return None

    return check


def xmlsec1_check(exchange):
    """`xmlsec1 --verify`: the first signature of the document, and nothing of SAML."""
    file = tempfile.NamedTemporaryFile("w", suffix=".pem")
    file.write(certificates(exchange)[0])
    file.flush()
    names = ["urn:oasis:names:tc:SAML:2.0:protocol:Response", "urn:oasis:names:tc:SAML:2.0:assertion:Assertion"]
    options = [option for name in names for option in ("--id-attr:ID", name)]

    def check(path):
        command = ["xmlsec1", "--verify", *options, "--pubkey-cert-pem", file.name, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
        lines = done.stderr.strip().splitlines() or [""]
        return None if done.returncode == 0 else lines[-1][:200]

    return check


if __name__ == "__main__":
    main()
