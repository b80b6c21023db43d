"""Whether a lock is closed: what each of its packages asks for, by extras and markers, stands in it too.

What a package asks for is read from the one installed here. One that only another machine installs has its own
version or none here: of that one the lock alone is known.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

Environment = Mapping[str, str]
PYTHONS = ("3.11.0", "3.11.14", "3.12.1", "3.13.0", "3.14.0")
SYSTEMS = {
    "linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux", "platform_machine": "x86_64"},
    "darwin": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin", "platform_machine": "arm64"},
    "win32": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64"},
}


def environment(python: str, system: str) -> Environment:
    """The values of markers on a machine of CPython."""
    versions = {
        "python_version": python.rpartition(".")[0],
        "python_full_version": python,
        "implementation_version": python,
    }
    here = {name: str(value) for name, value in default_environment().items()}
    return here | SYSTEMS[system] | versions


def entries(lock: str) -> list[Requirement]:
    """The requirements of a lock, without their hashes."""
    return [Requirement(line.rstrip("\\ ")) for line in re.findall(r"(?m)^[\w.-]+==.*$", lock)]


@dataclass(frozen=True, kw_only=True)
class Lock:
    """A lock as it applies to one environment: a version by name."""

    pins: Mapping[str, str]
    surroundings: Environment

    def unmet(self, roots: Iterable[str]) -> list[str]:
        """What the project, or a package that is installed for it, asks for and does not get from the lock."""
        waiting = [*map(Requirement, roots), *(Requirement(f"{name}=={pin}") for name, pin in self.pins.items())]
        seen, missing = set(), set()
        while waiting:
            requirement = waiting.pop()
            if str(requirement) in seen:
                continue
            seen.add(str(requirement))
            pin = self.pins.get(canonicalize_name(requirement.name))
            if pin is None or not requirement.specifier.contains(pin, prereleases=True):
                missing.add(str(requirement))
            else:
                waiting += self._asked_for(requirement, pin)
        return sorted(missing)

    def _asked_for(self, by: Requirement, pin: str) -> Iterator[Requirement]:
        for requirement in requirements_of(by.name, pin):
            marker = requirement.marker
            if marker is None or any(marker.evaluate({**self.surroundings, "extra": e}) for e in ("", *by.extras)):
                asked = copy(requirement)
                asked.marker = None
                yield asked


def lock_for(lock: str, surroundings: Environment) -> Lock:
    """Read what a lock has for an environment. Each package has at most one version there."""
    chosen = [entry for entry in entries(lock) if entry.marker is None or entry.marker.evaluate({**surroundings})]
    pins: dict[str, str] = {canonicalize_name(entry.name): str(entry.specifier).removeprefix("==") for entry in chosen}
    assert len(pins) == len(chosen)
    return Lock(pins=pins, surroundings=surroundings)


@cache
def requirements_of(name: str, pin: str) -> list[Requirement]:
    """What the package asks for, if just this version of it is installed here."""
    try:
        installed = distribution(name)
    except PackageNotFoundError:
        return []
    return [Requirement(line) for line in installed.requires or ()] if installed.version == pin else []
