"""The parts of a document that a command writes."""

import re
import sys


def replace(document, name, content):
    """Puts content between `<!-- name -->` and the next `<!-- end -->` of a file."""
    text = document.read_text()
    pattern = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
    if not pattern.search(text):
        sys.exit(f"{document} has no place for {name}")
    document.write_text(pattern.sub(lambda match: match[1] + content + "\n" + match[2], text))
