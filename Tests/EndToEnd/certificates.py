"""Authorities and certificates of the tests' own, made when they are wanted."""

import datetime
import ipaddress
import ssl

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from served import QuietHandler, Served


def name(text):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


class Authority:
    """Vouches for servers on 127.0.0.1 and for their clients."""

    def __init__(self, subject):
        self.subject = subject
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.pem = self.sign(subject, self.key.public_key(), is_authority=True)

    def sign(self, subject, public_key, is_authority=False):
        now = datetime.datetime.now(datetime.timezone.utc)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name(subject))
            .issuer_name(name(self.subject))
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
            .sign(self.key, hashes.SHA256())
        )
        return certificate.public_bytes(serialization.Encoding.PEM)

    def issue(self, subject):
        """A certificate and its key, in PEM."""
        key = ec.generate_private_key(ec.SECP256R1())
        form = serialization.PrivateFormat.PKCS8
        private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
        return self.sign(subject, key.public_key()), private


class ClosedApplication(Served):
    """Lets in who shows a certificate of an authority, and answers with the name in it; one request a connection."""

    scheme = "https"

    def __init__(self, clients):
        class Handler(QuietHandler):
            def do_GET(self):
                subject = dict(pair for [pair] in self.connection.getpeercert()["subject"])
                self.answer(subject["commonName"].encode())

        super().__init__(Handler)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.verify_mode = ssl.CERT_REQUIRED
        self.context.load_verify_locations(cadata=clients.pem.decode())
        self.server.socket = self.context.wrap_socket(self.server.socket, server_side=True)

    def show(self, folder, certificate, key):
        """Shows another certificate from now on."""
        (folder / "server.pem").write_bytes(certificate)
        (folder / "server.key").write_bytes(key)
        self.context.load_cert_chain(folder / "server.pem", folder / "server.key")
