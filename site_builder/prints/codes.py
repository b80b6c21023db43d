"""QR codes: an address as a picture that a phone reads."""

from __future__ import annotations

from functools import lru_cache

import zxingcpp


@lru_cache(maxsize=4096)
def qr_svg(address: str) -> str:
    """The QR code of a web address, SVG with its quiet zone; medium error correction: a creased paper is still read."""
    made = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return made.to_svg(add_quiet_zones=True)
