"""价格档: the public reads a wish's price as a band."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_


@dataclass(frozen=True)
class Band:
    """From more than `above_fen` up to and with `up_to_fen`."""

    code: str
    label: str
    above_fen: int
    up_to_fen: int | None


BANDS = (
    Band("to100", N_("100 元以内"), 0, 10_000),
    Band("to200", N_("100–200 元"), 10_000, 20_000),
    Band("to300", N_("200–300 元"), 20_000, 30_000),
    Band("to500", N_("300–500 元"), 30_000, 50_000),
    Band("over500", N_("500 元以上"), 50_000, None),
)
BY_CODE = {band.code: band for band in BANDS}


def band_of(price_fen: int) -> Band:
    return next(band for band in BANDS if band.up_to_fen is None or price_fen <= band.up_to_fen)
