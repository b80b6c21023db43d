"""What search engines and feed readers take is valid by the schemas of others, and each page says where it stands."""

import re

from readers import linked_data
from standard_schemas import feed_faults, linked_data_faults, sitemap_faults

SITE = "https://example.org/"


def of_kind(rendered: dict[str, bytes], beginning: str, ending: str) -> dict[str, str]:
    """The texts of a folder by name."""
    return {
        name: text.decode() for name, text in rendered.items() if name.startswith(beginning) and name.endswith(ending)
    }


def test_every_feed_keeps_to_rfc_4287(rendered: dict[str, bytes]) -> None:
    """The province's, each county's, and that of the news."""
    feeds = of_kind(rendered, "feeds/", ".xml")
    assert {"feeds/campaign.xml", "feeds/220881.xml", "feeds/news.xml"} <= feeds.keys()
    assert {name: feed_faults(feed.encode()) for name, feed in feeds.items()} == {key: [] for key in feeds}


def test_a_feed_that_lacks_its_day_would_be_found(rendered: dict[str, bytes]) -> None:
    """The schema is asked."""
    spoiled = re.sub(rb"<updated>.*?</updated>", b"", rendered["feeds/campaign.xml"], count=1)
    assert any("updated" in fault for fault in feed_faults(spoiled))


def test_a_sitemap_that_names_no_page_would_be_found(rendered: dict[str, bytes]) -> None:
    """Its schema is asked: no address, or a day that is none."""
    sitemap = rendered["sitemap-villages-1.xml"]
    assert sitemap_faults(sitemap) == []
    assert sitemap_faults(re.sub(rb"<loc>.*?</loc>", b"", sitemap, count=1))
    assert sitemap_faults(sitemap.replace(b"<lastmod>2018-06-30<", b"<lastmod>2018-06-31<", 1))


def test_linked_data_keep_to_schema_org(rendered: dict[str, bytes]) -> None:
    """Every type and property of villages and windows is the vocabulary's, and takes what stands in it."""
    pages = of_kind(rendered, "villages/", ".html") | of_kind(rendered, "windows/W-", ".md")
    things = {name: thing for name, page in pages.items() for thing in linked_data(page)}
    assert things.keys() == pages.keys()
    assert {name: linked_data_faults(thing) for name, thing in things.items()} == {key: [] for key in pages}


def test_a_window_says_whether_a_wheelchair_gets_to_it(rendered: dict[str, bytes]) -> None:
    """With steps it has no such amenity, whoever comes down to help; where nobody has looked it says neither."""
    pages = of_kind(rendered, "windows/W-", ".md")
    amenity = "https://schema.org/amenityFeature"
    ((feature,),) = [thing[amenity] for page in pages.values() for thing in linked_data(page) if amenity in thing]
    assert feature["https://schema.org/value"] == [{"@value": False}]
    assert feature["https://schema.org/description"] == [{"@value": "有台阶，走不了的打电话，有人下来接"}]


def test_a_wrong_property_would_be_found(rendered: dict[str, bytes]) -> None:
    """A name that is none of the vocabulary's, and a text where a thing is expected."""
    (thing,) = linked_data(next(iter(of_kind(rendered, "villages/", ".html").values())))
    spoiled = thing | {"https://schema.org/phone": [{"@value": "12348"}]}
    spoiled["https://schema.org/areaServed"] = [{"@type": ["https://schema.org/ContactPoint"]}]
    assert [fault.partition(" ")[0] for fault in linked_data_faults(spoiled)] == [
        "GovernmentService.areaServed",
        "GovernmentService.phone",
    ]


def test_a_village_s_page_says_where_it_stands(rendered: dict[str, bytes]) -> None:
    """By whatever way it is reached, as with a mark of WeChat's at its end, it is one page to a search engine."""
    for name, page in of_kind(rendered, "villages/", ".html").items():
        assert re.findall(r'<link rel="canonical" href="([^"]+)">', page) == [SITE + name]
