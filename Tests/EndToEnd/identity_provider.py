"""What the demonstration's identity provider knows of Portico, changed for the length of a test."""

import contextlib
import pathlib
import re
import urllib.request


@contextlib.contextmanager
def adding(demo, text):
    """Adds PHP to what the identity provider knows of its service providers, and takes it away again."""
    folder = pathlib.Path(demo.state["people_file"]).parent
    entry = folder / "metadata" / "saml20-sp-remote.php"
    before = entry.read_text()
    entry.write_text(before + text + "\n")
    try:
        yield
    finally:
        entry.write_text(before)


def knowing(demo, settings):
    """Adds lines of PHP to the entry of Portico, `$metadata['portico']`, and takes them away again."""
    return adding(demo, "\n".join(f"$metadata['portico']{line};" for line in settings))


def knowing_address(demo, url):
    """Lets the identity provider send its responses to another address of Portico's."""
    location = f"{url}/.portico/saml/acs"
    binding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
    service = f"['index' => 0, 'Binding' => '{binding}', 'Location' => '{location}']"
    return knowing(demo, [f"['AssertionConsumerService'] = [{service}]"])


def keys_of_portico(demo):
    """The setting that names the keys of Portico's metadata."""
    with urllib.request.urlopen(demo.url("/.portico/saml/metadata"), timeout=30) as response:
        metadata = response.read().decode()
    certificates = {
        use: re.search(rf'use="{use}".*?X509Certificate>([^<]+)<', metadata, re.DOTALL).group(1)
        for use in ["signing", "encryption"]
    }
    # A use that is not denied is allowed.
    keys = ", ".join(
        f"['type' => 'X509Certificate', '{use}' => true, '{other}' => false, 'X509Certificate' => '{certificates[use]}']"
        for use, other in [("signing", "encryption"), ("encryption", "signing")]
    )
    return f"['keys'] = [{keys}]"
