"""The catalogue of materials: a page for all, one for what went where, and one for each with picture and downloads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.model.designs import FOLDER, SETTINGS, Audience, Design, MaterialEdition
from site_builder.prints.on_site import Download
from site_builder.publication import addresses
from site_builder.publication.addresses import source, source_page
from site_builder.publication.public import Delivered, PublicCounty, PublicMaterial
from site_builder.render.figures import columns
from site_builder.render.pages.page_renderer import PageRenderer
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A material as its page shows it.

    editions: the latest first; places: counties with their files; deliveries: by county; missing: counties of which
    none is recorded.
    """

    design: Design
    kind: str
    audience: str
    editions: tuple[MaterialEdition, ...]
    picture: str
    small_picture: str
    places: tuple[tuple[str, tuple[Download, ...]], ...]
    deliveries: tuple[tuple[PublicCounty, Delivered], ...]
    missing: tuple[PublicCounty, ...]


def material_pages(renderer: PageRenderer) -> dict[str, str]:
    """Markdown by path below build/pages. Raises CampaignError where the register says otherwise."""
    _refuse_strangers(renderer)
    words = renderer.words["materials"]
    shown = [_shown(renderer, design) for design in renderer.offer.designs]
    registered = {each.design.settings.register_id for each in shown}
    others = [_other(renderer, each) for each in renderer.public.materials if each.material_id not in registered]
    pages = {source(addresses.material(each.design.design_id)): _page(renderer, each) for each in shown}
    return {
        source_page("materials"): renderer.page("materials", words["title"], wide=True, shown=shown, others=others),
        source_page("materials", "deliveries"): _deliveries_page(
            renderer, words["deliveries_title"], shown=shown, others=others
        ),
        **pages,
    }


def _deliveries_page(renderer: PageRenderer, title: str, **values: object) -> str:
    """What went where, by county and material, with its map."""
    found = columns.deliveries(renderer.public, renderer.words)
    first, total = (found[columns.ALL_MATERIALS, figure] for figure in columns.DELIVERY_FIGURES[:2])
    values |= {"counties": renderer.public.counties, "first": first, "total": total}
    return renderer.page("deliveries", title, wide=True, **values)


def _page(renderer: PageRenderer, shown: Shown) -> str:
    return renderer.page("material", shown.design.settings.title, shown=shown)


def _shown(renderer: PageRenderer, design: Design) -> Shown:
    words, settings = renderer.words["materials"], design.settings
    deliveries = _deliveries(renderer, settings.register_id)
    return Shown(
        design=design,
        kind=words[f"kind_{settings.kind}"],
        audience=words[f"for_{settings.audience}"],
        editions=tuple(sorted(settings.editions, key=lambda edition: edition.issued_on, reverse=True)),
        picture=renderer.offer.picture(design),
        small_picture=renderer.offer.small_picture(design),
        places=tuple(_places(renderer, design)),
        deliveries=deliveries,
        missing=_missing(renderer, design, deliveries),
    )


def _other(
    renderer: PageRenderer, material: PublicMaterial
) -> tuple[PublicMaterial, tuple[tuple[PublicCounty, Delivered], ...]]:
    return material, _deliveries(renderer, material.material_id)


def _places(renderer: PageRenderer, design: Design) -> Iterable[tuple[str, tuple[Download, ...]]]:
    """(name, files) of each county, or of the province, for which the site has prints of a design itself."""
    codes = [(renderer.public.campaign.province_code, renderer.public.province)]
    for county in renderer.public.counties:
        codes += [(county.code, county.name), *((window.window_id, window.name) for window in county.windows)]
    for code, name in codes:
        files = tuple(each for each in renderer.offer.downloads.get(code, ()) if each.design is design)
        if files:
            yield name, files


def _deliveries(renderer: PageRenderer, material_id: str) -> tuple[tuple[PublicCounty, Delivered], ...]:
    return tuple(
        (county, delivered)
        for county in renderer.public.counties
        for delivered in county.delivered
        if material_id and delivered.material_id == material_id
    )


def _missing(
    renderer: PageRenderer, design: Design, deliveries: Iterable[tuple[PublicCounty, Delivered]]
) -> tuple[PublicCounty, ...]:
    """The counties that should have a registered material and of which no delivery is recorded."""
    reached = {county.code for county, _ in deliveries}
    if not design.settings.register_id:
        return ()
    return tuple(each for each in renderer.public.counties if _is_due(design, each) and each.code not in reached)


def _is_due(design: Design, county: PublicCounty) -> bool:
    return bool(county.windows if design.settings.audience is Audience.WINDOW else county.villages)


def _refuse_strangers(renderer: PageRenderer) -> None:
    """A material that is delivered stands in the register, and in the same edition."""
    known = {material.material_id: material.edition for material in renderer.public.materials}
    problems = []
    for design in renderer.offer.designs:
        register, file = design.settings.register_id, f"{FOLDER}/{design.design_id}/{SETTINGS}"
        if register and register not in known:
            problems.append(Problem(code=Code.MATERIAL_REGISTER, file=file, details={"found": register}))
        elif register and known[register] != design.edition.name:
            details = {"edition": design.edition.name, "register": register, "found": known[register]}
            problems.append(Problem(code=Code.MATERIAL_EDITION, file=file, details=details))
    if problems:
        raise CampaignError(problems)
