"""What the headers say: hashes instead of free rein, no foreign host, HTTPS remembered only where it is spoken."""

import base64
import hashlib
import re

from tests.ui.serving.conftest import fetch
from ui.serving.document import LocalisedDocument, inline_parts
from ui.serving.guarding import policy


def rules(text):
    return {part.split()[0]: part.split()[1:] for part in text.split("; ")}


def test_every_inline_script_and_style_of_the_document_is_allowed_by_its_hash(page):
    document = fetch(LocalisedDocument(page, {""}), "/", accept="text/html").body.decode()
    allowed = rules(policy.document(*inline_parts()))
    for tag, directive in (("script", "script-src"), ("style", "style-src-elem")):
        inline = re.findall(rf"<{tag}>(.*?)</{tag}>", document, re.DOTALL)
        assert inline
        for text in inline:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in allowed[directive]


def test_scripts_run_from_our_own_files_only():
    allowed = rules(policy.document(*inline_parts()))
    assert allowed["default-src"] == ["'none'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "'wasm-unsafe-eval'", "data:", "blob:"} & set(
        allowed["script-src"]
    )
    assert allowed["frame-ancestors"] == allowed["object-src"] == allowed["base-uri"] == ["'none'"]


def test_no_policy_names_a_host():
    for text in (policy.document(*inline_parts()), policy.NOTHING):
        sources = {source for values in rules(text).values() for source in values}
        assert not [s for s in sources if not re.fullmatch(r"'[a-z0-9-]+(-[A-Za-z0-9+/=]+)?'|data:", s)]


def test_https_is_demanded_only_behind_tls():
    names = [dict(policy.headers(policy.NOTHING, tls)) for tls in (False, True)]
    assert b"strict-transport-security" not in names[0]
    assert names[1][b"strict-transport-security"].startswith(b"max-age=31536000")
