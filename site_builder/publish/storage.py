"""S3-compatible storage: what differs is sent, pages last, and what is no longer part of the site is removed then.

Storage has no switch for a whole site: for a while a reader may find new pages next to old ones, but what a page loads
is there before it. Each object's digest shows what differs: the next upload continues one that was cut off. Other
objects of the bucket are nobody's to touch: the claim lists what this software has put there, before it does. Each of
these has a mark as well: whoever may put objects may put a claim, but no mark on what is another's. The storage has to
give the MD5 of what it holds as its ETag, as S3 does unless it encrypts with keys of KMS.
Keys and the endpoint come from the environment, as boto3 documents them: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_ENDPOINT_URL. boto3 is large, and no other target needs it: it is an extra of the project.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import boto3
from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError

from site_builder.publish import lists, order
from site_builder.publish.browsers import expected
from site_builder.publish.order import PublishedState, Verdict
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem
from site_builder.site.release_folders import CHECKSUMS

# Holds the newest commit and below it the path of all that may have been put there: written first, over what was read.
_CLAIM = ".campaign-newest"
_MARK = "campaign-site"
# What a storage says of an object that neither decides how it is served nor was sent with it.
_NO_MATTER = re.compile(
    r"ResponseMetadata|AcceptRanges|LastModified|ContentLength|ETag|VersionId|Checksum\w+|ServerSideEncryption|SSE\w+"
    r"|BucketKeyEnabled|RequestCharged|ReplicationStatus|Expiration|MissingMeta|PartsCount|TagCount"
)
_USUAL = {"StorageClass": "STANDARD"}
_ROUNDS, _AT_ONCE = 3, 8
_LAST = (lists.RELEASE, CHECKSUMS, lists.SIGNATURE)
_GONE = {"404", "NoSuchKey", "NotFound"}
_OVERTAKEN = {"PreconditionFailed", "ConditionalRequestConflict"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A client of the storage, the bucket, and what the keys of the site begin with."""

    client: Any
    name: str
    prefix: str

    def key(self, path: str) -> str:
        """The key of a file of the site."""
        return f"{self.prefix}{path}"


def put(target: str, package: Path, commit: str, judge: Callable[[PublishedState], Verdict]) -> Verdict:
    """Publish a package to `s3://bucket/prefix`, if its commit is newer or the same, and return how it stood.

    Raises CampaignError where the storage cannot be reached or says no.
    """
    try:
        return _put(_bucket(target), package, commit, judge)
    except (BotoCoreError, Boto3Error, ClientError) as error:
        raise CampaignError([Problem(code=Code.PUBLISH_REMOTE, file=target, details={"reason": str(error)})]) from None


def _bucket(target: str) -> Bucket:
    name, _, prefix = target.removeprefix("s3://").partition("/")
    return Bucket(client=boto3.client("s3"), name=name, prefix=f"{prefix.rstrip('/')}/" if prefix else "")


def _put(bucket: Bucket, package: Path, commit: str, judge: Callable[[PublishedState], Verdict]) -> Verdict:
    files = _in_order(package)
    verdict, claim = _claimed(bucket, commit, files, judge)
    if verdict not in {Verdict.NEWER, Verdict.SAME}:
        return verdict
    wanted = {bucket.key(path): _digest(package / path) for path in files}
    ours = {bucket.key(path) for path in claim.paths} | wanted.keys()
    unlike = _unlike(bucket, files)
    for _ in range(_ROUNDS):  # more than one only where another publisher, or somebody's hand, came between
        there = {key: digest for key, digest in _objects(bucket).items() if key in ours}
        if there == wanted and not unlike:
            _tell_left(bucket, claim)
            return verdict
        for path in files:
            if path in unlike or there.get(bucket.key(path)) != wanted[bucket.key(path)]:
                if _is_overtaken(bucket, claim):
                    return Verdict.OLDER
                _send(bucket, path, (package / path).read_bytes())
        if _is_overtaken(bucket, claim):
            return Verdict.OLDER
        _remove(bucket, there.keys() - wanted.keys())
        unlike = set()  # sent once: a storage that keeps not all that is said of a file is left at that
    raise CampaignError([Problem(code=Code.PUBLISH_NOT_AS_CHECKED, file=bucket.name)])


def _unlike(bucket: Bucket, files: Iterable[str]) -> set[str]:
    """Of which of these files the storage says something else than was sent with it, as where to send readers."""
    listed = _objects(bucket)
    there = [path for path in files if bucket.key(path) in listed]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        heads = pool.map(lambda path: _said(bucket, path), there)
        return {path for path, said in zip(there, heads, strict=True) if said != _about(bucket, path)}


def _said(bucket: Bucket, path: str) -> dict[str, Any]:
    """What the storage says of an object that decides how it is served, or whether at all, and the mark."""
    try:
        head = bucket.client.head_object(Bucket=bucket.name, Key=bucket.key(path))
    except ClientError as error:
        if error.response["Error"]["Code"] not in _GONE:
            raise
        return {}
    said = {name: value for name, value in head.items() if not _NO_MATTER.fullmatch(name)}
    return {name: value for name, value in said.items() if _USUAL.get(name) != value}


def _about(bucket: Bucket, path: str) -> dict[str, Any]:
    return {"ContentType": expected.type_of(path), "CacheControl": expected.caching_of(path), "Metadata": _mark(bucket)}


def _mark(bucket: Bucket) -> dict[str, str]:
    """It names the place: another campaign's site in the same bucket has another."""
    return {_MARK: hashlib.sha256(bucket.prefix.encode()).hexdigest()}


def _tell_left(bucket: Bucket, claim: Claim) -> None:
    """Raises CampaignError where something stays that the claim names and that has no mark of ours."""
    if claim.left:
        keys = sorted(bucket.key(path) for path in claim.left)
        raise CampaignError([Problem(code=Code.PUBLISH_LEFT, file=key) for key in keys])


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the place says of itself. commit: the one that claimed it last; tag: of that claim; both "" for none.

    paths: of all files that were put there and may still be; names_all: whether no others were; left: of those that are
    named and have no mark: of an earlier version of this software, or of somebody who wrote a claim.
    """

    commit: str = ""
    tag: str = ""
    paths: frozenset[str] = frozenset()
    names_all: bool = True
    left: frozenset[str] = frozenset()


def _claimed(
    bucket: Bucket, commit: str, files: Iterable[str], judge: Callable[[PublishedState], Verdict]
) -> tuple[Verdict, Claim]:
    """Say that this commit is the newest, unless a newer one said so; two at once cannot both go on from the same.

    Gives how it stood, and the claim as it then is. Raises CampaignError where something stands in the place of a file
    that nobody has claimed.
    """
    while True:
        claim = _claim(bucket)
        is_signed = claim.names_all and lists.SIGNATURE in claim.paths
        verdict = judge(PublishedState(live=claim.commit, newest=claim.commit, is_signed=is_signed))
        there = {key.removeprefix(bucket.prefix) for key in _objects(bucket)}
        if verdict not in {Verdict.NEWER, Verdict.SAME}:
            return verdict, claim
        _refuse_foreign(bucket, claim, there.intersection(files))
        if verdict is Verdict.SAME:  # the same commit would lose it as well
            order.refuse_unsigned(is_there=is_signed, is_here=lists.SIGNATURE in files)
        claim = _sorted_out(bucket, claim, there, files)
        if verdict is Verdict.SAME:
            return verdict, claim
        new = _written(bucket, claim, commit)
        if new:
            return verdict, new


def _refuse_foreign(bucket: Bucket, claim: Claim, taken: Set[str]) -> None:
    """Raises CampaignError where something stands in the place of a file that nobody has claimed."""
    foreign = sorted(bucket.key(path) for path in taken - claim.paths) if claim.names_all else []
    if foreign:
        code = Code.PUBLISH_PLANTED if claim.commit else Code.PUBLISH_PLACE
        raise CampaignError([Problem(code=code, file=key) for key in foreign])


def _sorted_out(bucket: Bucket, claim: Claim, there: Set[str], files: Iterable[str]) -> Claim:
    """The claim with the paths of these files, and of what else it names those that are there and have our mark."""
    others = claim.paths.intersection(there).difference(files)
    marked = frozenset(path for path in others if _said(bucket, path).get("Metadata") == _mark(bucket))
    return replace(claim, paths=marked.union(files), left=others - marked)


def _written(bucket: Bucket, before: Claim, commit: str) -> Claim | None:
    """Write the claim, its paths, over the one before; None where somebody else has written one in between."""
    condition = {"IfMatch": before.tag} if before.tag else {"IfNoneMatch": "*"}
    text = "\n".join([commit, *sorted(before.paths)])
    try:
        answer = bucket.client.put_object(Bucket=bucket.name, Key=bucket.key(_CLAIM), Body=text.encode(), **condition)
    except ClientError as error:
        if error.response["Error"]["Code"] not in _OVERTAKEN:
            raise
        return None
    return replace(before, commit=commit, tag=answer["ETag"])


def _is_overtaken(bucket: Bucket, claim: Claim) -> bool:
    """Whether another commit has claimed the place since. The claim is long, and seldom has to be read for that."""
    tag = bucket.client.head_object(Bucket=bucket.name, Key=bucket.key(_CLAIM))["ETag"]
    return bool(tag != claim.tag) and _claim(bucket).commit != claim.commit


def _claim(bucket: Bucket) -> Claim:
    """What stands there. A claim of an earlier version of this software names no files: then the site's list does."""
    try:
        answer = bucket.client.get_object(Bucket=bucket.name, Key=bucket.key(_CLAIM))
    except bucket.client.exceptions.NoSuchKey:
        return Claim()
    commit, *paths = answer["Body"].read().decode("utf-8", "replace").split("\n")
    named = frozenset(paths or _listed(bucket))
    return Claim(commit=commit, tag=answer["ETag"], paths=named, names_all=bool(paths))


def _listed(bucket: Bucket) -> Iterator[str]:
    """The paths of the files of the site that stands there, by its own list."""
    with suppress(bucket.client.exceptions.NoSuchKey, CampaignError):
        answer = bucket.client.get_object(Bucket=bucket.name, Key=bucket.key(CHECKSUMS))
        listed = lists.read(answer["Body"].read().decode("utf-8", "replace"), CHECKSUMS)
        yield from (CHECKSUMS, lists.SIGNATURE, *listed)


def _in_order(package: Path) -> list[str]:
    """The files of a package: what pages load, then the pages, then what describes the whole."""
    paths = [path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()]
    return sorted(paths, key=lambda path: (path in _LAST, path.endswith(".html"), path))


def _objects(bucket: Bucket) -> dict[str, str]:
    """The digest of each object of the site by its key."""
    pages = bucket.client.get_paginator("list_objects_v2").paginate(Bucket=bucket.name, Prefix=bucket.prefix)
    found = (entry for page in pages for entry in page.get("Contents", ()))
    digests = {entry["Key"]: entry["ETag"].strip('"') for entry in found}
    digests.pop(bucket.key(_CLAIM), None)
    return digests


def _digest(path: Path) -> str:
    """As the storage itself reckons it for an object that was sent in one piece."""
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def _send(bucket: Bucket, path: str, content: bytes) -> None:
    bucket.client.put_object(Bucket=bucket.name, Key=bucket.key(path), Body=content, **_about(bucket, path))


def _remove(bucket: Bucket, keys: Iterable[str]) -> None:
    for key in sorted(keys):
        bucket.client.delete_object(Bucket=bucket.name, Key=key)
