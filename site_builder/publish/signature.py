"""The signature under the list of checksums: made and checked by OpenSSH, which whoever uses git has.

Anyone can check it without this software: `ssh-keygen -Y verify`, as the README says.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from tempfile import TemporaryDirectory

from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

KEY = "CAMPAIGN_SIGNING_KEY"
"""The environment variable that holds the private key itself, in OpenSSH's form and without a passphrase."""
NAMESPACE = "campaign-site"
_SIGNER = "campaign"
_PUBLIC_KEY = re.compile(
    r"(?:^|(?<=\s))((?:sk-)?(?:ssh|ecdsa)-[a-z0-9-]+(?:@openssh\.com)?) +(AAAA[A-Za-z0-9+/]+=*)(?!\S)"
)
_KEPT: ContextVar[str | None] = ContextVar("the key that was taken out of the environment", default=None)


@contextmanager
def kept_from_others() -> Iterator[None]:
    """Take the key out of the environment while the block runs.

    Whatever runs in it has no key: the site tool with its settings, git, what a build calls. `sign` alone still has it.
    """
    key = os.environ.pop(KEY, None)
    kept = _KEPT.set(key)
    try:
        yield
    finally:
        _KEPT.reset(kept)
        if key is not None:
            os.environ[KEY] = key


def has_key() -> bool:
    """Whether a key was given, were it of no use."""
    return os.environ.get(KEY, _KEPT.get()) is not None


def sign(text: bytes) -> bytes | None:
    """The signature of a text, or None where no key was given.

    Raises CampaignError for a key of no use: an empty one too, since whoever sets one wants a signature.
    """
    key = os.environ.get(KEY, _KEPT.get())
    if key is None:
        return None
    with TemporaryDirectory() as folder:
        path = Path(folder, "key")
        path.touch(mode=0o600)
        path.write_text(key.replace("\r\n", "\n").strip() + "\n", encoding="utf-8")
        done = _ssh_keygen("sign", "-n", NAMESPACE, "-f", str(path), text=text)
    if done.returncode != 0:
        raise CampaignError([Problem(code=Code.PUBLISH_SIGNING_KEY, file=KEY, details={"variable": KEY})])
    return done.stdout


def public_key(text: str) -> str:
    """The one public key that a file holds, as `ssh-ed25519 AAAA…`: no comment, no options such as a server's list has.

    Raises ValueError where it holds none, or several: which of them is meant is for a person to say.
    """
    lines = [line.strip() for line in text.splitlines()]
    found = [match for line in lines if not line.startswith("#") for match in _PUBLIC_KEY.finditer(line)]
    if len(found) != 1:
        raise ValueError(len(found))
    return " ".join(found[0].groups())


def is_signed(text: bytes, signature: bytes, key: str) -> bool:
    """Whether the signature is of this text and was made with the private half of the key.

    key: as `public_key` gives it. Raises CampaignError where OpenSSH is not there.
    """
    with TemporaryDirectory() as folder:
        signers, signed = Path(folder, "signers"), Path(folder, "signature")
        signers.write_text(f"{_SIGNER} {key}\n", encoding="utf-8")
        signed.write_bytes(signature)
        arguments = ("-I", _SIGNER, "-n", NAMESPACE, "-f", str(signers), "-s", str(signed))
        return _ssh_keygen("verify", *arguments, text=text).returncode == 0


def _ssh_keygen(action: str, *arguments: str, text: bytes) -> subprocess.CompletedProcess[bytes]:
    """Run it without a terminal, so that it fails where it would ask for a passphrase."""
    command = ["ssh-keygen", "-Y", action, *arguments]
    quiet = {**os.environ, "SSH_ASKPASS_REQUIRE": "never", KEY: ""}
    try:
        return subprocess.run(  # noqa: S603
            command, input=text, capture_output=True, check=False, env=quiet, start_new_session=True
        )
    except FileNotFoundError:
        raise CampaignError(
            [Problem(code=Code.PUBLISH_TOOL, file="ssh-keygen", details={"tool": "ssh-keygen"})]
        ) from None
