"""A provider of sign-ins and a server that trusts it, both running; and a client that signs in without a browser."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import pytest

from settings import ROOT
from tests import builders
from tests.functional.conftest import free_port, wait_until_healthy
from tests.ui.access.conftest import secret_rows

HERE = Path(__file__).parent / "oidc"
COOKIE_SECRET = "cookie-secret-of-the-tests-0123456789abcdef"
CLIENT = {"client_id": "netra", "client_secret": "a-secret-of-the-tests-alone-0123456789"}
BENDS = ("issuer", "audience", "expired", "nonce", "signature", "soon")
SOON = 6


def provider_is_there() -> None:
    """Without Node.js these tests cannot run; REQUIRE_OIDC=1 or REQUIRE_BROWSER=1 makes that a failure."""
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    missing += [] if importlib.util.find_spec("authlib") else ["Authlib"]
    if not missing:
        return
    said = f"No sign-in could be tested, for want of {', '.join(missing)}."
    if "1" in (os.environ.get("REQUIRE_OIDC"), os.environ.get("REQUIRE_BROWSER")):
        pytest.fail(said)
    pytest.skip(f"{said} Install it, or set REQUIRE_OIDC=1.")


@contextmanager
def running(folder: Path):
    """A provider and a server over a small build, as a `Site`."""
    ports = free_port(), free_port()
    app, provider = f"http://127.0.0.1:{ports[0]}", f"http://localhost:{ports[1]}"
    installed = folder / "oidc"
    shutil.copytree(HERE, installed, ignore=shutil.ignore_patterns("node_modules"))
    subprocess.run(
        ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"],
        cwd=installed,
        check=True,
        timeout=120,
    )
    builders.build(folder, secret_rows(), build_id="signing-1")
    secrets = folder / "secrets.toml"
    secrets.write_text(_secrets(app, provider), encoding="utf-8")
    environment = os.environ | {
        "NETRA_DATA": str(folder), "NETRA_RECHECK_SECONDS": "1", "SOON_SECONDS": str(SOON),
    }  # fmt: skip
    commands = (
        ["node", "provider.js", str(ports[1]), f"{app}/oauth2callback"],
        [sys.executable, "-m", "streamlit", "run", str(ROOT / "server.py"), "--server.port", str(ports[0]),
         "--server.address", "127.0.0.1", "--secrets.files", str(secrets)],
    )  # fmt: skip
    logs = [folder / "provider.log", folder / "server.log"]
    started = []
    try:
        for command, log, place in zip(commands, logs, (installed, ROOT), strict=True):
            with log.open("w") as out:
                started.append(
                    subprocess.Popen(
                        command, cwd=place, env=environment, stdout=out, stderr=subprocess.STDOUT
                    )
                )
        wait_until_healthy(f"{provider}/.well-known/openid-configuration", started[0], logs[0])
        wait_until_healthy(f"{app}/_stcore/health", started[1], logs[1])
        yield Site(app, provider, logs[1])
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=20)


def _secrets(app: str, provider: str) -> str:
    """Streamlit's secrets: the provider, and by other names the same one with bent tokens and as a second one."""
    client = "".join(f'{name} = "{value}"\n' for name, value in CLIENT.items())
    known = "/.well-known/openid-configuration"
    asked = 'client_kwargs = { scope = "openid netra", prompt = "login" }\n'
    bent = "".join(
        f'[auth.{kind}]\n{client}server_metadata_url = "{provider}/bent/{kind}{known}"\n{asked}'
        for kind in BENDS
    )
    # A second honest one: the same house, where this app is known by another name.
    second = client.replace('"netra"', '"netra-second"')
    bent += f'[auth.second]\ntitle = "Second provider"\n{second}server_metadata_url = "{provider}{known}"\n{asked}'
    return (
        f'[auth]\nredirect_uri = "{app}/oauth2callback"\ncookie_secret = "{COOKIE_SECRET}"\n{client}'
        f'server_metadata_url = "{provider}{known}"\nexpose_tokens = ["access"]\n{asked}{bent}'
    )


class Site:
    """The two servers, the people of one, and sign-ins without a browser at the other."""

    def __init__(self, app: str, provider: str, log: Path) -> None:
        self.app, self.provider, self.log = app, provider, log

    def people(self, **accounts):
        """Who there is from now on, by account: (role, places)."""
        found = {
            name: {"netra_role": role, "netra_scope": list(places)}
            for name, (role, places) in accounts.items()
        }
        asked = urllib.request.Request(f"{self.provider}/people", json.dumps(found).encode(), method="POST")
        urllib.request.urlopen(asked).close()

    def start(self, client, kind="default"):
        """Begins a sign-in; gives the answer of the provider's first page."""
        from joserfc import jwt
        from joserfc.jwk import OctKey

        token = jwt.encode(
            {"alg": "HS256"},
            {"provider": kind, "exp": int(time.time()) + 60},
            OctKey.import_key(COOKIE_SECRET),
        )
        return client.get(f"{self.app}/auth/login", params={"provider": token})

    def sign_in(self, client, account, kind="default"):
        """Signs in by the provider's own forms; gives the address of the callback, which was answered."""
        page, fields = self.start(client, kind), {"prompt": "login", "login": account, "password": "any"}
        for _ in range(12):
            while page.is_redirect:
                address = urljoin(str(page.url), page.headers["location"])
                page = client.get(address)
                if "/oauth2callback" in address:
                    return address
            action = re.search(r'action="([^"]+)"', page.text)[1]
            page = client.post(urljoin(str(page.url), action), data=fields)
            fields = {"prompt": "consent"}
        raise AssertionError("the sign-in did not end")


def cookies(client) -> dict[str, str]:
    """The cookies of the app that say who is signed in."""
    return {one.name: one.value for one in client.cookies.jar if one.name.startswith("_streamlit_user")}
