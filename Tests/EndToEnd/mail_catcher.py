"""A mail server of this machine that keeps what it takes: Debian's aiosmtpd, under Debian's Python."""

import pathlib
import subprocess
import tempfile

from demonstration import die_with_parent, eventually

PROGRAM = """
import asyncio, os
from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP

class Catcher(Mailbox):
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 There is no mailbox of this name."
        envelope.rcpt_tos.append(address)
        return "250 OK"

async def main():
    catcher = Catcher("mail")
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(catcher), "127.0.0.1", 0)
    with open("port.new", "w") as file:
        file.write(str(server.sockets[0].getsockname()[1]))
    os.rename("port.new", "port")
    await server.serve_forever()

asyncio.run(main())
"""


class MailCatcher:
    """Takes mail, but for `nobody`, until its `with` ends; on a port that the system chooses."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="portico-mail-")
        self.process = None
        self.url = None

    def messages(self):
        """What it has taken."""
        inbox = pathlib.Path(self.folder.name) / "mail" / "new"
        return [path.read_text() for path in sorted(inbox.glob("*"))]

    def __enter__(self):
        self.process = subprocess.Popen(
            ["/usr/bin/python3", "-c", PROGRAM],
            cwd=self.folder.name,
            stdin=subprocess.DEVNULL,
            preexec_fn=die_with_parent,
        )
        port = pathlib.Path(self.folder.name) / "port"
        eventually(lambda: port.exists() or self.process.poll() is not None, "the mail server's start", 60)
        assert self.process.poll() is None, "the mail server needs the Debian package python3-aiosmtpd"
        self.url = f"smtp://127.0.0.1:{port.read_text()}"
        return self

    def __exit__(self, *arguments):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.folder.cleanup()
