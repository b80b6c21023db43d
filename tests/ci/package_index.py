"""A package index in a folder, and a project to install from it: what a registry is to pip, without any network."""

import base64
import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path


def write_wheel(
    folder: Path, name: str, version: str, *, needs: Sequence[str] = (), extras: Sequence[str] = ()
) -> Path:
    """Write a wheel that holds nothing but what it needs."""
    folder.mkdir(parents=True, exist_ok=True)
    path, about = folder / f"{name}-{version}-py3-none-any.whl", f"{name}-{version}.dist-info"
    fields = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    fields += [f"Provides-Extra: {extra}" for extra in extras] + [f"Requires-Dist: {need}" for need in needs]
    files = {
        f"{about}/METADATA": "\n".join(fields) + "\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    listing = "".join(f"{file},sha256={_urlsafe(text)},{len(text)}\n" for file, text in files.items())
    with zipfile.ZipFile(path, "w") as wheel:
        for file, text in (files | {f"{about}/RECORD": f"{listing}{about}/RECORD,,\n"}).items():
            wheel.writestr(file, text)
    return path


def _urlsafe(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def release(index: Path, name: str, version: str, *, needs: Sequence[str] = (), extras: Sequence[str] = ()) -> str:
    """Add a release to the index. Return its line for a lock."""
    wheel = write_wheel(index / name, name, version, needs=needs, extras=extras)
    links = (f'<a href="{path.name}">{path.name}</a>' for path in sorted((index / name).glob("*.whl")))
    (index / name / "index.html").write_text("<!doctype html>\n" + "\n".join(links), "utf-8")
    return f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"
