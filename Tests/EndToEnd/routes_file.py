"""The file of a node's routes, read again at SIGHUP."""

import signal

from demonstration import eventually

# What a node says of a file that it has read, and of one that is wrong.
READ, NOT_READ = "configuration was read again", "configuration was not read again"


class RoutesFile:
    """The file of a node's routes, and what the node says of it."""

    def __init__(self, file, node):
        self.file, self.node = file, node

    def said(self, what):
        return self.node.output.read_text().count(what)

    def replace(self, text, answer):
        """Puts another file in its place, tells the node, and waits for its word."""
        before = self.said(answer)
        fresh = self.file.with_suffix(".new")
        fresh.write_text(text)
        fresh.replace(self.file)
        self.node.process.send_signal(signal.SIGHUP)
        eventually(lambda: self.said(answer) > before, answer)
