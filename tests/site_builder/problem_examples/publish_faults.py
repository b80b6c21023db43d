"""One fault for each problem of publishing: in a repository, a directory or a published site."""

import errno
import os
import py_compile
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib.util import cache_from_source
from pathlib import Path
from unittest import mock

from faulty_project import Fault, Project, raised
from small_site import BELIEVED, SmallSite, small_site

from site_builder.publish import (
    branch,
    directory,
    evidence,
    hook,
    lists,
    order,
    package,
    rebuilding,
    remote,
    signature,
    storage,
    targets,
    verifying,
)
from site_builder.publish.browsers import encodings, headers, web
from site_builder.publish.evidence import withdrawn
from site_builder.publish.statement import Statement
from site_builder.publish.verifying import Trust
from site_builder.shared.problems import Problem
from site_builder.site import release_folders, releases


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def committed(project: Project) -> None:
    """Make a repository of the project, all of it committed."""
    git(project.root, "init", "--quiet", "--initial-branch=main")
    git(project.root, "add", "--all", "content")  # the software stands there by links
    git(project.root, "commit", "--quiet", "--message=one")


def no_commit(project: Project) -> list[Problem]:
    """Nothing was ever committed."""
    git(project.root, "init", "--quiet")
    return raised(lambda: order.commit_to_publish(project.root))


def uncommitted(project: Project) -> list[Problem]:
    """A file was changed after the commit."""
    committed(project)
    project.append("data/liaisons/220881.csv", "")
    return raised(lambda: order.commit_to_publish(project.root))


def ignored(project: Project) -> list[Problem]:
    """A page that one machine's settings of git leave out."""
    committed(project)
    (project.root / ".git/info/exclude").write_text("draft.md\n")
    project.write("pages/about/draft.md", "")
    return raised(lambda: order.commit_to_publish(project.root))


def compiled_otherwise(project: Project) -> list[Problem]:
    """A compiled program that Python takes without a look at its source. Its name is of one Python."""
    root = project.root / "desk"  # in the project the software stands by links
    source, other = root / "site_builder" / "policy.py", project.root / "other.py"
    source.parent.mkdir(parents=True)
    source.write_text("ALLOWED = 'none'\n")
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=one")
    other.write_text("ALLOWED = 'many'\n")
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(other), cfile=cache_from_source(str(source)), invalidation_mode=unchecked, doraise=True)
    problems = raised(lambda: order.commit_to_publish(root))
    return [replace(problem, file="site_builder/__pycache__/policy.cpython-311.pyc") for problem in problems]


def made(project: Project) -> list[Problem]:
    """What the software remembers of earlier prints came with a commit."""
    committed(project)
    (project.root / ".cache").mkdir(exist_ok=True)
    (project.root / ".cache/prints").write_text("forged")
    git(project.root, "add", "--force", ".cache/prints")
    git(project.root, "commit", "--quiet", "--message=two")
    return raised(lambda: order.commit_to_publish(project.root))


def shallow(project: Project) -> list[Problem]:
    """A forge fetched the last commit alone."""
    committed(project)
    git(project.root, "commit", "--quiet", "--allow-empty", "--message=two")
    clone = project.root / "clone"
    git(project.root, "clone", "--quiet", "--depth=1", f"file://{project.root}", str(clone))
    return raised(lambda: order.commit_to_publish(clone))


def another_era(project: Project) -> list[Problem]:
    """The clock of whoever committed stood at a far day. Its own id is of the day: the example shows another."""
    committed(project)
    with mock.patch.dict(os.environ, {"GIT_COMMITTER_DATE": "@999999999999 +0000"}):
        git(project.root, "commit", "--quiet", "--allow-empty", "--message=far")
    problems = raised(lambda: order.commit_to_publish(project.root))
    return [replace(problem, details={**problem.details, "commit": "a" * 12}) for problem in problems]


def shared_place(project: Project) -> list[Problem]:
    """Whoever has an account there may write into the place."""
    place = project.root / "www"
    place.mkdir()
    place.chmod(0o777)
    return published(project, str(place), "a" * 40)


def published(project: Project, target: str, *commits: str) -> list[Problem]:
    """Publish the small site of one commit after another; what is wrong with the last one."""
    committed(project)
    site = small_site(project.root / "small", "one")
    problems: list[Problem] = []
    for commit in commits:
        problems = raised(lambda commit=commit: site.publish(project.root, target, commit))  # type: ignore[misc]
    return problems


def head(project: Project) -> str:
    found = subprocess.run(["git", "rev-parse", "HEAD"], cwd=project.root, check=True, capture_output=True, text=True)
    return found.stdout.strip()


def unknown_target(project: Project) -> list[Problem]:
    """A way of publishing that there is not."""
    return published(project, "ftp://example.org/www", "a" * 40)


def foreign_place(project: Project) -> list[Problem]:
    """The directory holds somebody else's site."""
    place = project.root / "www"
    place.mkdir()
    (place / "index.html").write_text("mine")
    return published(project, str(place), "a" * 40)


def unrelated(project: Project) -> list[Problem]:
    """What is live is in no history that this repository has."""
    committed(project)
    site = small_site(project.root / "small", "one")
    with mock.patch.object(order, "judge", lambda *_: order.Verdict.NEWER):
        site.publish(project.root, str(project.root / "www"), "b" * 40)
    return raised(lambda: site.publish(project.root, str(project.root / "www"), head(project)))


def never_shown(project: Project) -> list[Problem]:
    """A county would go back to a state that no release has shown."""
    committed(project)
    site = small_site(project.root / "small", "one")
    site.publish(project.root, str(project.root / "www"), head(project))
    kept = {"220881": "a" * 40}
    return raised(lambda: evidence.refuse_never_shown(project.root, kept, str(project.root / "www"), "x"))


def nothing_shown(project: Project) -> list[Problem]:
    """A county would go back, and nobody knows what was published before."""
    kept, place = {"220881": "a" * 40}, str(project.root / "www")
    return raised(lambda: evidence.refuse_never_shown(project.root, kept, place, "https://example.org/"))


def full_disk(project: Project) -> list[Problem]:
    """The disk is full."""
    with mock.patch.object(directory, "copied", side_effect=OSError(errno.ENOSPC, "")):
        return [
            Problem(code=problem.code, file="www", details=problem.details)
            for problem in published(project, str(project.root / "www"), "a" * 40)
        ]


def not_as_checked(project: Project) -> list[Problem]:
    """A file changed between the check and the publishing."""
    site = small_site(project.root / "small", "one")
    (site.built / "site" / "index.html").write_text("other")
    return raised(lambda: site.publish(project.root, str(project.root / "www"), "a" * 40))


def no_such_host(project: Project) -> list[Problem]:
    """The machine to publish to does not answer."""
    with mock.patch("subprocess.run", return_value=mock.Mock(returncode=10, stderr="Connection refused")):
        site = SmallSite.release("a" * 40)
        return raised(lambda: remote.put("rsync:www.example.org:/srv/www", project.root, site.commit, mock.Mock(), 5))


def unsigned(project: Project) -> list[Problem]:
    """The site that stands there is signed, and this machine has no key."""
    committed(project)
    site = small_site(project.root / "small", "one")
    with mock.patch.object(order, "judge", lambda *_: order.Verdict.NEWER):
        with mock.patch.object(signature, "sign", return_value=BLOCK):
            site.publish(project.root, str(project.root / "www"), "a" * 40)
        return raised(lambda: site.publish(project.root, str(project.root / "www"), "b" * 40))


def bad_key(_: Project) -> list[Problem]:
    """The secret holds no key."""
    with mock.patch.dict("os.environ", {signature.KEY: "no key"}):
        return raised(lambda: signature.sign(b"text"))


def no_ssh(_: Project) -> list[Problem]:
    """OpenSSH is not on the machine."""
    with mock.patch.dict("os.environ", {signature.KEY: "key", "PATH": ""}):
        return raised(lambda: signature.sign(b"text"))


def not_bare(project: Project) -> list[Problem]:
    """The hook is wanted in a folder that is no repository."""
    place = project.root / "www"
    place.mkdir()
    return raised(lambda: hook.install(place, place))


def hook_taken(project: Project) -> list[Problem]:
    """The repository has a hook of its own."""
    git(project.root, "init", "--quiet", "--bare", "site.git")
    (project.root / "site.git/hooks/post-receive").write_text("#!/bin/sh\nmail\n")
    return raised(lambda: hook.install(project.root / "site.git", project.root))


def branch_in_the_way(project: Project) -> list[Problem]:
    """Somebody has pushed a branch named main/x before there was a main."""
    git(project.root, "init", "--quiet", "--bare", "site.git")
    git(project.root, "init", "--quiet", "desk")
    git(project.root / "desk", "commit", "--quiet", "--allow-empty", "--message=begin")
    git(project.root / "desk", "push", "--quiet", "../site.git", "HEAD:refs/heads/main/x")
    return raised(lambda: hook.install(project.root / "site.git", project.root))


def rollback_none(project: Project) -> list[Problem]:
    """There is but one release."""
    published(project, str(project.root / "www"), "a" * 40)
    return raised(lambda: directory.rollback(project.root / "www"))


def rollback_damaged(project: Project) -> list[Problem]:
    """Somebody edited an earlier release."""
    published(project, str(project.root / "www"), "a" * 40)
    [name] = directory.names(project.root / "www")
    (project.root / "www/releases" / name / "index.html").write_text("edited")
    return raised(lambda: directory.rollback(project.root / "www", 1))


def no_boto3(_: Project) -> list[Problem]:
    """What only S3 needs was never installed."""
    with mock.patch.dict(sys.modules, {"boto3": None}):
        return raised(lambda: targets.refuse_unready("s3://bucket/site"))


def planted(_: Project) -> list[Problem]:
    """Somebody put a page where the site gets one only now."""
    claim = storage.Claim(commit="a" * 40, paths=frozenset({"index.html"}))
    return raised(lambda: storage._refuse_foreign(BUCKET, claim, {"index.html", "villages/220881001001.html"}))


def left(_: Project) -> list[Problem]:
    """An earlier version put a page that is the site's no more; or somebody else a file."""
    claim = storage.Claim(commit="a" * 40, left=frozenset({"villages/220881001001.html"}))
    return raised(lambda: storage._tell_left(BUCKET, claim))


def led_by_domain(project: Project) -> list[Problem]:
    """Somebody who could push to the public branch named another host there."""
    place = branch.Branch(target="git:x#pages", address="x", ref="refs/heads/pages", room=project.root)
    with mock.patch.object(branch.Branch, "git", return_value="www.example.com"):
        return raised(lambda: branch._refuse_foreign_domain(place, {"CNAME": "a" * 40}, "https://example.org/"))


def rollback_withdrawn(project: Project) -> list[Problem]:
    """A liaison's phone was withdrawn since."""
    for name, phone in (("1", "0436-0000001"), ("2", "")):
        (project.root / name / "data").mkdir(parents=True)
        text = f"village_code,name,work_phone\n220881100200,朴银姬,{phone}\n"
        (project.root / name / "data" / "liaisons.csv").write_text(text, "utf-8")
    return raised(lambda: withdrawn.refuse_withdrawn(project.root / "1", project.root / "2"))


def verified(spoil: Callable[[Path], object], key: str = "") -> Fault:
    """Verify a published folder that was spoiled first."""
    trust = Trust(keys={"site.pub": key} if key else {})

    def fault(project: Project) -> list[Problem]:
        site = small_site(project.root / "small", "one")
        with package.packed(project.root, releases.finished(site.built), SmallSite.release("a" * 40), BELIEVED) as made:
            spoil(made.folder)
            return raised(lambda: verifying.verify_folder(made.folder, trust).problems)

    return fault


def wrong_signature(folder: Path) -> None:
    """It is of another list."""
    (folder / lists.SIGNATURE).write_bytes(Statement(number=412, until=BELIEVED, digest="0" * 64).text() + BLOCK)


def signed(trust: Trust) -> Fault:
    """Verify a site that the first of two keys has signed, as if every signature of it held."""

    def fault(project: Project) -> list[Problem]:
        site = small_site(project.root / "small", "one")
        release = SmallSite.release("a" * 40, number=412)
        with (
            mock.patch.object(signature, "sign", return_value=BLOCK),
            mock.patch.object(signature, "is_signed", lambda _, __, key: key == KEY),
            package.packed(project.root, releases.finished(site.built), release, BELIEVED) as made,
        ):
            return raised(lambda: verifying.verify_folder(made.folder, trust).problems)

    return fault


def unaddressed(project: Project) -> list[Problem]:
    """An earlier version of this software signed it."""
    release = replace(SmallSite.release("a" * 40, number=412), address="")
    with mock.patch.object(SmallSite, "release", lambda *_, **__: release):
        return list(signed(Trust(keys={"site.pub": KEY}, today=BELIEVED))(project))


def misnumbered(project: Project) -> list[Problem]:
    """The site is not the one whose number was signed."""
    with mock.patch.object(verifying, "_release", lambda *_: SmallSite.release("a" * 40, number=10)):
        return list(signed(Trust(keys={"site.pub": KEY}, today=BELIEVED))(project))


def unknown_commit(project: Project) -> list[Problem]:
    """A site names a commit that led to nothing here."""
    committed(project)
    return raised(lambda: list(rebuilding.compare(project.root, SmallSite.release("b" * 40), {})))


def no_rebuild(project: Project) -> list[Problem]:
    """The commit has no Makefile. Its own id is of the day: the example shows another."""
    committed(project)
    problems = raised(lambda: list(rebuilding.compare(project.root, SmallSite.release(head(project)), {})))
    return [replace(problem, details={**problem.details, "commit": "a" * 12}) for problem in problems]


def rebuilt_otherwise(project: Project) -> list[Problem]:
    """A page of the site is not the one that comes of its commit."""
    with mock.patch.object(rebuilding, "_made_again", return_value={"index.html": "0" * 64}):
        return list(rebuilding.compare(project.root, SmallSite.release("a" * 40), {"index.html": "1" * 64}))


def unreachable(_: Project) -> list[Problem]:
    """Nobody answers at the address."""
    return asked_of_a_host(OSError("timed out"))


def redirected(_: Project) -> list[Problem]:
    """The host sends its readers away."""
    return asked_of_a_host(web.ElsewhereError("https://example.com/"))


def led_away(_: Project) -> list[Problem]:
    """The host says beside a page that browsers are to go on to another."""
    return asked_of_a_host(headers.UnfitError("Refresh: 0; url=https://example.com/"))


def asked_of_a_host(error: Exception) -> list[Problem]:
    with mock.patch.object(web, "_answer", side_effect=error):
        return raised(lambda: verifying.verify_site("http://127.0.0.1:9/", Trust()))


def compressed(_: Project) -> list[Problem]:
    """A packed page beside the true one says something else."""
    with mock.patch.object(web.Host, "_digest", lambda _, __, encoding: (True, encoding)):
        return list(web.Host("http://127.0.0.1:9/").compare({"index.html": "identity"}))


def packed_otherwise(_: Project) -> list[Problem]:
    """The host packs what browsers get in a way that is not undone here."""
    return asked_of_a_host(encodings.UnknownEncodingError("zstd"))


def lost_page(_: Project) -> list[Problem]:
    """At a folder's address the host says that nothing is there, and shows a page of its own."""
    with mock.patch.object(web.Host, "_digest", lambda _, path, __: (path != "help/", "0")):
        return list(web.Host("http://127.0.0.1:9/").compare({"help/index.html": "0"}))


BUCKET = storage.Bucket(client=None, name="site", prefix="www/")
KEY, OTHER = "ssh-ed25519 AAAA", "ssh-ed25519 BBBB"
BLOCK = b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"
FAULTS: dict[str, Fault] = {
    "publish-no-commit": no_commit,
    "publish-uncommitted": uncommitted,
    "publish-ignored": ignored,
    "publish-compiled": compiled_otherwise,
    "publish-made": made,
    "publish-day": another_era,
    "publish-shallow": shallow,
    "publish-target": unknown_target,
    "publish-place": foreign_place,
    "publish-shared": shared_place,
    "publish-planted": planted,
    "publish-left": left,
    "publish-unrelated": unrelated,
    "publish-domain": led_by_domain,
    "publish-write": full_disk,
    "publish-not-as-checked": not_as_checked,
    "publish-never-shown": never_shown,
    "publish-shown-unknown": nothing_shown,
    "publish-remote": no_such_host,
    "publish-unsigned": unsigned,
    "publish-signing-key": bad_key,
    "publish-tool": no_ssh,
    "software-extra": no_boto3,
    "hook-repository": not_bare,
    "hook-taken": hook_taken,
    "branch-in-the-way": branch_in_the_way,
    "rollback-none": rollback_none,
    "rollback-damaged": rollback_damaged,
    "rollback-withdrawn": rollback_withdrawn,
    "verify-no-list": verified(lambda folder: (folder / release_folders.CHECKSUMS).unlink()),
    "verify-list": verified(lambda folder: (folder / release_folders.CHECKSUMS).write_text("0 ../../etc/passwd\n")),
    "verify-missing": verified(lambda folder: (folder / "index.html").unlink()),
    "verify-changed": verified(lambda folder: (folder / "index.html").write_text("edited")),
    "verify-more": verified(lambda folder: (folder / "advertisement.html").write_text("more")),
    "verify-unsigned": verified(lambda folder: None, KEY),
    "verify-signature": verified(wrong_signature, KEY),
    "verify-too-few": signed(Trust(keys={"site.pub": KEY, "court.pub": OTHER}, threshold=2)),
    "verify-site": signed(Trust(keys={"site.pub": KEY}, today=BELIEVED, sites=["https://example.com/"])),
    "verify-no-site": unaddressed,
    "verify-number": misnumbered,
    "verify-until": signed(Trust(keys={"site.pub": KEY}, today=date(2018, 1, 1))),
    "verify-expired": signed(Trust(keys={"site.pub": KEY}, today=date(2018, 9, 1))),
    "verify-rolled-back": signed(Trust(keys={"site.pub": KEY}, today=BELIEVED, seen={"https://example.org/": 415})),
    "verify-commit": unknown_commit,
    "verify-rebuild": no_rebuild,
    "verify-rebuilt": rebuilt_otherwise,
    "verify-unreachable": unreachable,
    "verify-header": led_away,
    "verify-redirected": redirected,
    "verify-compressed": compressed,
    "verify-encoding": packed_otherwise,
    "verify-lost-page": lost_page,
}
