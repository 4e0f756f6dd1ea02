"""What is changed in a message besides what `SecondOpinion mutate` changes: one thing about which readers of XML,
base64 or SAML may disagree.

A message is text of one character a byte, so that nothing is lost of what is no UTF-8. Each mutation takes the source of
chance and the message, and answers the changed message, or None where there is nothing to change.
"""

import re
from datetime import datetime, timedelta

from markup import ATTRIBUTE, TAG, TEXT, elements, inserted, pick, replaced, start_tag, with_attributes
from messages import EXPERIMENTS

BASE64 = re.compile(r"(?:DigestValue|SignatureValue|X509Certificate|CipherValue)\b[^>]*>([^<]+)</")
KEY_INFO = re.compile(r"<((?:\w+:)?)KeyInfo\b[^>]*>.*?</\1KeyInfo>", re.DOTALL)
CERTIFICATE = re.compile(r"X509Certificate\b[^>]*>([^<]+)</")
ALGORITHM = re.compile(r"Algorithm=\"([^\"]*)\"")
FOREIGN_CERTIFICATE = "".join((EXPERIMENTS / "evil.crt").read_text().splitlines()[1:-1])
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
ALGORITHMS = [
    "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
    "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
    "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
    "http://www.w3.org/2000/09/xmldsig#sha1",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "http://www.w3.org/2001/04/xmlenc#sha256",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
]


def mutate(name, chance, message):
    """The message changed by the mutation of this name; None where it cannot be, or stays what it was."""
    changed = MUTATIONS[name](chance, message.decode("latin-1"))
    changed = None if changed is None else changed.encode("latin-1")
    return None if changed == message else changed


# What leaves the canonical form as it is.


def attributes_in_another_order(chance, text):
    found = [tag for tag in TAG.finditer(text) if len(ATTRIBUTE.findall(tag[3])) > 1]
    if not found:
        return None
    tag = chance.choice(found)
    attributes = [match[0] for match in ATTRIBUTE.finditer(tag[3])]
    chance.shuffle(attributes)
    return with_attributes(text, tag, " " + " ".join(attributes))


def other_quotes(chance, text):
    span, attribute = pick(chance, ATTRIBUTE, text)
    if span is None or "'" in attribute or attribute.count('"') != 2:
        return None
    return replaced(text, span, attribute.replace('"', "'"))


def space_in_a_tag(chance, text):
    tag = start_tag(chance, text)
    return tag and replaced(text, (tag.start() + 1 + len(tag[2]),) * 2, chance.choice([" ", "\n", "\t", "\r\n", "  "]))


def empty_elements_in_the_other_form(chance, text):
    tag = start_tag(chance, text)
    if not tag:
        return None
    if tag[4]:
        return replaced(text, tag.span(), f"<{tag[2]}{tag[3]}></{tag[2]}>")
    end = f"</{tag[2]}>"
    if not text.startswith(end, tag.end()):
        return None
    return replaced(text, (tag.start(), tag.end() + len(end)), f"<{tag[2]}{tag[3]}/>")


def a_character_as_a_reference(chance, text):
    span, content = pick(chance, TEXT, text, 1)
    if span is None or "&" in content:
        return None
    place = chance.randrange(len(content))
    form = chance.choice(["&#{};", "&#x{:x};", "&#x{:X};", "&#0{};"])
    return replaced(text, (span[0] + place, span[0] + place + 1), form.format(ord(content[place])))


def text_as_cdata(chance, text):
    span, content = pick(chance, TEXT, text, 1)
    return span and replaced(text, span, f"<![CDATA[{content}]]>")


def other_line_ends(chance, text):
    return chance.choice([text.replace("\r\n", "\n").replace("\n", "\r\n"), text.replace("\r\n", "\n")])


def another_declaration(chance, text):
    body = re.sub(r"^(?:\xef\xbb\xbf)?<\?xml[^>]*\?>\s*", "", text)
    declarations = ["", "\xef\xbb\xbf", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>\n']
    declarations += ['<?xml version="1.0" encoding="utf-8" standalone="yes"?>', '<?xml version="1.1"?>', "\n"]
    return chance.choice(declarations) + body


def something_behind_the_end(chance, text):
    return text + chance.choice(["\n", " ", "<!-- end -->", "<?end?>", "\r\n\t", "x", "\x00"])


def a_comment(chance, text):
    return inserted(chance, text, ["<!-- x -->", "<!---->"])


def a_processing_instruction(chance, text):
    return inserted(chance, text, ["<?x y?>"])


def an_unused_namespace(chance, text):
    tag = start_tag(chance, text)
    return tag and with_attributes(text, tag, tag[3] + ' xmlns:unused="urn:unused"')


def a_namespace_once_more(chance, text):
    declared = re.findall(r"\sxmlns(?::\w+)?=(?:\"[^\"]*\"|'[^']*')", text)
    tag = start_tag(chance, text)
    if not declared or not tag:
        return None
    declaration = chance.choice(declared)
    return None if declaration.split("=")[0] in tag[3] else with_attributes(text, tag, tag[3] + declaration)


# What changes how base64 is written.


def line_breaks_in_base64(chance, text):
    span, content = pick(chance, BASE64, text, 1)
    if span is None:
        return None
    plain = "".join(content.split())
    width, end = chance.choice([(64, "\n"), (76, "\n"), (76, "\r\n"), (10_000, ""), (4, " "), (64, "&#13;\n")])
    return replaced(text, span, end.join(plain[place : place + width] for place in range(0, len(plain), width)))


def space_in_base64(chance, text):
    span, content = pick(chance, BASE64, text, 1)
    return span and replaced(text, (span[0] + chance.randrange(len(content)),) * 2, chance.choice([" ", "\n", "\t", "\r"]))


def base64_that_is_not_strict(chance, text):
    span, content = pick(chance, BASE64, text, 1)
    if span is None:
        return None
    content = content.strip()
    forms = [content.rstrip("="), content + "=", content + "A", "*" + content, content.replace("+", "-").replace("/", "_")]
    if content.endswith("="):
        forms.append(re.sub(r".(=+)$", lambda match: chance.choice("BDFHJ") + match[1], content))
    return replaced(text, span, chance.choice(forms))


# What changes the elements.


def an_element_removed(chance, text):
    spans = elements(text)[:-1]
    return replaced(text, chance.choice(spans), "") if spans else None


def an_element_twice(chance, text):
    spans = elements(text)[:-1]
    if not spans:
        return None
    start, end = chance.choice(spans)
    return text[:end] + text[start:end] + text[end:]


def an_element_elsewhere(chance, text):
    spans = elements(text)[:-1]
    if not spans:
        return None
    start, end = chance.choice(spans)
    rest = text[:start] + text[end:]
    places = [tag.end() for tag in TAG.finditer(rest)][:-1]
    place = chance.choice(places) if places else 0
    return rest[:place] + text[start:end] + rest[place:]


def an_element_around(chance, text):
    spans = elements(text)
    if not spans:
        return None
    start, end = chance.choice(spans)
    name = chance.choice(["x", "samlp:Extensions", "saml:Advice", "ds:Object"])
    return text[:start] + f"<{name}>" + text[start:end] + f"</{name}>" + text[end:]


# What changes attributes and texts.


def an_attribute_removed(chance, text):
    span, _ = pick(chance, re.compile(r"\s" + ATTRIBUTE.pattern), text)
    return span and replaced(text, span, "")


def an_attribute_more(chance, text):
    tag = start_tag(chance, text)
    more = [' ID="_x"', ' Id="_x"', ' xml:id="_x"', ' xml:lang="en"', ' xml:space="preserve"', ' xml:base="urn:x"']
    return tag and with_attributes(text, tag, tag[3] + chance.choice([*more, ' x="y"', ' xsi:nil="true"', ' Destination=""']))


def an_attribute_changed(chance, text):
    span, attribute = pick(chance, ATTRIBUTE, text)
    if span is None:
        return None
    name, value = attribute.split("=", 1)
    value = value.strip()[1:-1]
    values = ["", " " + value, value + " ", value + "x", value.upper(), value.lower(), value[:-1]]
    return replaced(text, span, f'{name}="{chance.choice(values)}"')


def a_text_changed(chance, text):
    span, content = pick(chance, TEXT, text, 1)
    if span is None:
        return None
    values = ["", " " + content, content + " ", content + "\n", content + "x", content[:-1], content.upper()]
    place = chance.randrange(len(content))
    values.append(content[:place] + "<!-- x -->" + content[place:])
    return replaced(text, span, chance.choice(values))


def a_time_moved(chance, text):
    span, instant = pick(chance, INSTANT, text)
    if span is None:
        return None
    try:
        moved = datetime.fromisoformat(instant) + timedelta(seconds=chance.choice([-1, 1]) * 10 ** chance.randrange(8))
    except (ValueError, OverflowError):
        return None
    return replaced(text, span, moved.strftime("%Y-%m-%dT%H:%M:%S"))


def another_algorithm(chance, text):
    span, _ = pick(chance, ALGORITHM, text, 1)
    return span and replaced(text, span, chance.choice(ALGORITHMS))


def a_byte_changed(chance, text):
    if not text:
        return None
    place = chance.randrange(len(text))
    return replaced(text, (place, place + chance.randrange(2)), chance.choice(["", "\x00", "\x80", "&", "<", "0", "\xc3\xa9"]))


def a_document_type(chance, text):
    body = re.sub(r"^(?:\xef\xbb\xbf)?<\?xml[^>]*\?>\s*", "", text)
    root = TAG.search(body)
    subset = chance.choice(["", " []", ' [<!ENTITY x "y">]'])
    return root and f"<!DOCTYPE {root[2]}{subset}>{body}"


# What changes the certificate in the message.


def no_key_info(chance, text):
    span, _ = pick(chance, KEY_INFO, text)
    return span and replaced(text, span, "")


def another_certificate(chance, text):
    span, content = pick(chance, CERTIFICATE, text, 1)
    others = [FOREIGN_CERTIFICATE, "".join(content.split())[:-8] + "AAAAAAAA" if content else "", "", "AAAA"]
    return span and replaced(text, span, chance.choice(others))


def another_key_name(chance, text):
    span, info = pick(chance, KEY_INFO, text)
    if span is None:
        return None
    prefix = KEY_INFO.match(info)[1]
    name = f"<{prefix}KeyName>x</{prefix}KeyName>"
    opened = info.index(">") + 1
    alone = f"{info[:opened]}{name}</{prefix}KeyInfo>"
    return replaced(text, span, chance.choice([info[:opened] + name + info[opened:], alone]))


MUTATIONS = {
    function.__name__.replace("_", " "): function
    for function in [
        attributes_in_another_order, other_quotes, space_in_a_tag, empty_elements_in_the_other_form,
        a_character_as_a_reference, text_as_cdata, other_line_ends, another_declaration, something_behind_the_end, a_comment,
        a_processing_instruction, an_unused_namespace, a_namespace_once_more, line_breaks_in_base64, space_in_base64,
        base64_that_is_not_strict, an_element_removed, an_element_twice, an_element_elsewhere, an_element_around,
        an_attribute_removed, an_attribute_more, an_attribute_changed, a_text_changed, a_time_moved, another_algorithm,
        a_byte_changed, a_document_type, no_key_info, another_certificate, another_key_name,
    ]
}  # fmt: skip
