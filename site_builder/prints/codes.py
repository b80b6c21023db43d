"""QR codes: an address as a picture that a phone reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import zxingcpp

from site_builder.model.designs import MaterialKind

# Of 20 codes with a blot over a tenth of them, two readers read 20 and 20 at level H, 9 and 9 at Q, none at M. A higher
# level makes finer dots: on a card of 21 mm H is too fine, and what is seen on a screen has no blots.
_LEVELS: Mapping[MaterialKind, str] = {MaterialKind.CARD: "Q", MaterialKind.WECHAT: "M"}
_ON_PAPER = "H"


def level_of(kind: MaterialKind) -> str:
    """How much of a material's code may be lost: M, Q or H, for 15, 25 or 30 of a hundred parts."""
    return _LEVELS.get(kind, _ON_PAPER)


@lru_cache(maxsize=4096)
def qr_svg(address: str, level: str) -> str:
    """The QR code of a web address at a level of error correction, SVG with its quiet zone."""
    made = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    return made.to_svg(add_quiet_zones=True)
