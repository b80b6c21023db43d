"""The page that says why no hidden figure can be worked out, and the two files by which anyone may check it."""

from __future__ import annotations

from site_builder.disclosure.proof.proof_file import CHECKER, Proof
from site_builder.publication import addresses
from site_builder.publication.addresses import source_page
from site_builder.render.pages.page_renderer import PageRenderer


def proof_page(renderer: PageRenderer, proof: Proof | None) -> dict[str, str]:
    """The page by its path; without a proof it says that there is none."""
    smallest = renderer.public.campaign.smallest_published_count
    numbers = {"smallest": smallest, "largest": smallest - 1, **(proof.numbers if proof else {})}
    title = renderer.words["proof"]["title"]
    page = renderer.page("proof", title, numbers=numbers, is_proved=proof is not None)
    return {source_page("needs", "proof"): page}


def proof_files(proof: Proof | None) -> dict[str, bytes]:
    """What is downloaded: the proof and its checker, which is given out as it is."""
    return {addresses.proof(): proof.content, addresses.proof_checker(): CHECKER.read_bytes()} if proof else {}
