"""Apache with mod_auth_mellon, one process: each request needs the session of a sign-in through SAML."""

import os
import pathlib
import subprocess
import textwrap
import urllib.request

from browser import Browser
from servers import Failure, Server

MODULES = pathlib.Path("/usr/lib/apache2/modules")
NAMES = ["mpm_event", "authn_core", "authz_core", "authz_user", "headers", "proxy", "proxy_http", "auth_mellon"]


class Mellon(Server):
    """Apache in the foreground, known to SimpleSAMLphp as a service provider."""

    def __init__(self, folder, upstream, identity_provider):
        super().__init__(folder)
        self.upstream, self.identity_provider = upstream, identity_provider

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def environment(self):
        return {name: str(self.folder) for name in ["APACHE_RUN_DIR", "APACHE_LOCK_DIR", "APACHE_LOG_DIR"]}

    def command(self):
        with urllib.request.urlopen(f"{self.identity_provider}saml2/idp/metadata.php", timeout=30) as answer:
            (self.folder / "idp.xml").write_bytes(answer.read())
        make_key(self.folder)
        loaded = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in NAMES)
        account = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
        configuration = self.folder / "apache.conf"
        configuration.write_text(textwrap.dedent(f"""
            ServerRoot {self.folder}
            ServerName 127.0.0.1
            DefaultRuntimeDir {self.folder}
            PidFile {self.folder}/pid
            ErrorLog /dev/stderr
            LogLevel error
            Listen 127.0.0.1:{self.port}
            ListenBacklog 4096
            {loaded}
            {account}
            StartServers 1
            ServerLimit 1
            ThreadsPerChild 96
            ThreadLimit 96
            MaxRequestWorkers 96
            KeepAlive On
            MaxKeepAliveRequests 0
            KeepAliveTimeout 75
            MellonLockFile {self.folder}/mellon.lock
            MellonPostDirectory {self.folder}
            ProxyPass /mellon !
            ProxyPass / http://127.0.0.1:{self.upstream}/
            <Location />
                MellonEnable auth
                MellonEndpointPath /mellon
                MellonSPentityId {self.url}/mellon/metadata
                MellonSPPrivateKeyFile {self.folder}/sp.key
                MellonSPCertFile {self.folder}/sp.pem
                MellonIdPMetadataFile {self.folder}/idp.xml
                AuthType Mellon
                Require valid-user
                RequestHeader set X-Forwarded-User "%{{MELLON_NAME_ID}}e"
            </Location>
        """))
        return ["/usr/sbin/apache2", "-d", self.folder, "-f", configuration, "-D", "FOREGROUND"]

    def provider_entry(self):
        """The lines of PHP by which SimpleSAMLphp knows it."""
        consumer = f"{self.url}/mellon/postResponse"
        return f"$metadata['{self.url}/mellon/metadata'] = ['AssertionConsumerService' => '{consumer}'];\n"

    def sign_in(self, name):
        """Signs a person in and returns the session's cookie."""
        browser = Browser()
        page = browser.open(f"{self.url}/kibibyte")
        browser.sign_in(page, name)
        return browser.cookie("mellon-cookie")


def make_key(folder):
    finished = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-noenc", "-days", "30", "-subj", "/CN=benchmark",
         "-keyout", folder / "sp.key", "-out", folder / "sp.pem"], capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        raise Failure(f"openssl made no key: {finished.stderr}")
    (folder / "sp.key").chmod(0o644)
