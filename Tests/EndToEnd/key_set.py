"""An issuer of tokens under keys of its own: what no Portico would sign."""

import hashlib
import hmac
import http.server
import json
import threading
import time

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm
from jwt.utils import base64url_encode

AUDIENCE = "default"


class Issuer:
    """Publishes key sets on a free port of this machine, and signs with any of its keys.

    Each fetch of the key set gets the next of `key_sets`, and the last one from then on.
    """

    def __init__(self):
        self.keys = {kid: ec.generate_private_key(ec.SECP256R1()) for kid in ["first", "second", "unpublished"]}
        self.key_sets = [["first"], ["first", "second"]]
        self.fetches = 0
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                names = issuer.key_sets[min(issuer.fetches, len(issuer.key_sets) - 1)]
                issuer.fetches += 1
                body = json.dumps({"keys": [issuer.public(name) for name in names]}).encode()
                self.send_response(200 if self.path == "/.portico/jwks.json" else 404)
                self.send_header("Content-Type", "application/jwk-set+json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *failure):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def public(self, kid):
        key = ECAlgorithm.to_jwk(self.keys[kid].public_key(), as_dict=True)
        return {**key, "kid": kid, "use": "sig", "alg": "ES256"}

    def claims(self, **changes):
        now = int(time.time())
        claims = {"iss": self.url, "aud": AUDIENCE, "sub": "1", "iat": now, "exp": now + 300, **changes}
        return {name: value for name, value in claims.items() if value is not None}

    def token(self, key="first", kid=None, **changes):
        """A token; changes of claims are what is wrong with it."""
        return jwt.encode(self.claims(**changes), self.keys[key], "ES256", headers={"kid": kid or key})

    def unsigned(self):
        return jwt.encode(self.claims(), None, "none", headers={"kid": "first"})

    def keyed_with_the_public_key(self):
        """A token whose HMAC has the published key for its secret."""
        secret = self.keys["first"].public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        header = base64url_encode(json.dumps({"alg": "HS256", "kid": "first"}).encode())
        signed = header + b"." + base64url_encode(json.dumps(self.claims()).encode())
        return (signed + b"." + base64url_encode(hmac.new(secret, signed, hashlib.sha256).digest())).decode()

    def with_other_claims(self):
        """A token with the signature of another one."""
        header, _, signature = self.token().split(".")
        payload = base64url_encode(json.dumps(self.claims(sub="2")).encode()).decode()
        return f"{header}.{payload}.{signature}"
