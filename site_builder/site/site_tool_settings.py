"""What mkdocs.yml may say: the site's name, menu and looks.

The site tool itself takes more: variables of the environment, code to run, other files to read. None of that is in a
site's menu, and what reads a signing key or a file of the machine could put it onto every page.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from site_builder.shared import strict_yaml

FILE = "mkdocs.yml"
# Those that read nothing but the page.
_Extension = Annotated[
    str, Field(pattern=r"^(?:abbr|admonition|attr_list|def_list|footnotes|md_in_html|sane_lists|tables|toc)$")
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Theme(_Strict):
    """The looks. custom_dir: everything below it is put onto the site."""

    name: str
    language: str = ""
    custom_dir: Literal["site_builder/templates/theme"]
    font: bool | Mapping[str, str] = False
    favicon: str = ""
    logo: str = ""
    icon: Mapping[str, Any] = {}
    features: list[str] = []
    palette: Any = None


class SiteToolSettings(_Strict):
    """mkdocs.yml as it may be. The two folders are named for whoever runs the site tool by hand."""

    site_name: str
    docs_dir: str = ""
    site_dir: str = ""
    use_directory_urls: Literal[False]
    theme: Theme
    plugins: Annotated[list[str], Field(max_length=0)]
    extra_css: list[str] = []
    extra: Mapping[str, Any] = {}
    markdown_extensions: list[_Extension | Mapping[_Extension, Any]] = []
    validation: Mapping[str, Any] = {}
    nav: list[Any] = []


def refuse_others(root: Path) -> None:
    """Raises CampaignError that names what else stands in the file under the project's root, each at its line."""
    strict_yaml.load(root, FILE, SiteToolSettings, "site_tool")
