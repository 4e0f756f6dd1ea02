"""A message as tags and text, without a parser's opinion of them; chance chooses among its parts."""

import re

TAG = re.compile(r"<(/?)([\w:.\-]+)((?:\s+[\w:.\-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*(/?)>")
ATTRIBUTE = re.compile(r"([\w:.\-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
TEXT = re.compile(r">([^<>]*[^<>\s][^<>]*)</")


def replaced(text, span, new):
    return text[: span[0]] + new + text[span[1] :]


def pick(chance, pattern, text, group=0):
    """The span and the text of one match."""
    found = list(pattern.finditer(text))
    if not found:
        return None, None
    match = chance.choice(found)
    return match.span(group), match[group]


def elements(text):
    """The spans of the elements, in the order of their end."""
    spans, open_tags = [], []
    for tag in TAG.finditer(text):
        if tag[4]:
            spans.append(tag.span())
        elif not tag[1]:
            open_tags.append(tag.start())
        elif open_tags:
            spans.append((open_tags.pop(), tag.end()))
    return spans


def start_tag(chance, text):
    found = [tag for tag in TAG.finditer(text) if not tag[1]]
    return chance.choice(found) if found else None


def with_attributes(text, tag, attributes):
    return replaced(text, tag.span(), f"<{tag[2]}{attributes}{tag[4]}>")


def inserted(chance, text, pieces):
    """Between two tags, or inside a text."""
    places = [tag.end() for tag in TAG.finditer(text)]
    span, content = pick(chance, TEXT, text, 1)
    if span:
        places += [span[0] + chance.randrange(len(content))] * len(places)
    place = chance.choice(places) if places else 0
    return text[:place] + chance.choice(pieces) + text[place:]
