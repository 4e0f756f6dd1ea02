"""The examples of Docs/IdentityToken.md, run as they stand there but for the two constants of an installation."""

import json
import pathlib
import re
import shutil
import subprocess
import time
import types
import unittest.mock

import jwt

from demonstration import ROOT

PAGE = ROOT / "Docs" / "IdentityToken.md"

# Reads a token from each line; between two of them eleven seconds pass, after which a key set may be fetched again.
NODE_MAIN = """
import { createInterface } from "node:readline";
import { identity } from "./identity.mjs";

const now = Date.now;
let ahead = 0;
Date.now = () => now() + ahead;
for await (const token of createInterface({ input: process.stdin })) {
  try {
    console.log(JSON.stringify({ claims: await identity(token) }));
  } catch (error) {
    console.log(JSON.stringify({ refusal: error.message }));
  }
  ahead += 11_000;
}
"""

# The same in Ruby.
RUBY_MAIN = """
require_relative "identity"

class << Time
  alias_method :actual, :now
  def now = actual + $ahead
end

$ahead = 0
STDIN.each_line do |token|
  begin
    puts JSON.generate(claims: identity(token.chomp))
  rescue JWT::DecodeError => error
    puts JSON.generate(refusal: error.message)
  end
  $ahead += 11
end
"""


def example(language, issuer, audience):
    """The one example in a language, with the constants of an installation."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    assert len(blocks) == 1
    text = blocks[0]
    for name, value in [("ISSUER", issuer), ("AUDIENCE", audience)]:
        text, count = re.subn(rf'\b{name} = "[^"]*"', f"{name} = {json.dumps(value)}", text)
        assert count == 1
    return text


def by_python(tokens, issuer, audience, folder):
    """What the example for Python says of each token: its claims, or None."""
    namespace = {}
    exec(compile(example("python", issuer, audience), PAGE, "exec"), namespace)
    answers = []
    # Between two tokens a minute passes, after which PyJWT may fetch a key set again.
    clock = types.SimpleNamespace(monotonic=lambda: time.monotonic() + 60 * len(answers))
    with unittest.mock.patch.object(jwt.jwks_client, "time", clock):
        for token in tokens:
            try:
                answers.append(namespace["identity"](token))
            except jwt.PyJWTError:
                answers.append(None)
    return answers


def by_node(tokens, issuer, audience, folder):
    """What the example for Node.js says of each token: its claims, or None."""
    folder = pathlib.Path(folder)
    (folder / "identity.mjs").write_text(example("javascript", issuer, audience))
    (folder / "main.mjs").write_text(NODE_MAIN)
    # The gateway listens on 127.0.0.1, and older versions of Node.js try one address of localhost only.
    node = shutil.which("node") or "nodejs"
    return run([node, "--dns-result-order=ipv4first", "main.mjs"], tokens, folder)


def by_ruby(tokens, issuer, audience, folder):
    """What the example for Ruby says of each token: its claims, or None."""
    folder = pathlib.Path(folder)
    (folder / "identity.rb").write_text(example("ruby", issuer, audience))
    (folder / "main.rb").write_text(RUBY_MAIN)
    return run(["ruby", "main.rb"], tokens, folder)


def run(command, tokens, folder):
    """What a program says of the tokens that it is given, a line each."""
    text = "".join(token + "\n" for token in tokens)
    run = subprocess.run(command, cwd=folder, input=text, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(answers) == len(tokens)
    assert all("claims" in answer or answer["refusal"] for answer in answers)
    return [answer.get("claims") for answer in answers]


BY = {"python": by_python, "node": by_node, "ruby": by_ruby}
