"""The host name that identifiers of what is public are made with."""

from __future__ import annotations

from urllib.parse import urlsplit

from site_builder.publication.public import PublicRecords


def host(public: PublicRecords) -> str:
    """The site's host name: the authority of its tag: URIs and calendar identifiers."""
    return str(urlsplit(public.campaign.site.address).hostname)
