"""爱心证书: one sheet for the giver to keep or print, with the code at which anyone can verify it.

It says who gave, what, and which union thanks; of the family it says nothing.
"""

from io import BytesIO

from django.conf import settings
from django.urls import reverse

from mashang.exchange.paper import Paper
from mashang.exchange.qr import Symbol
from mashang.wishes.models import Certificate

SIZE = (297.0, 210.0)  # A4, lying
MARGIN, QR_SIDE = 30.0, 32.0
WIDTH = SIZE[0] - 2 * MARGIN
RED, INK, SOFT = (176, 28, 28), (34, 34, 34), (96, 96, 96)


def print_certificate(certificate: Certificate) -> bytes:
    """The sheet as a PDF."""
    sheet = _Sheet(SIZE, "爱心证书")
    sheet.draw(certificate)
    out = BytesIO()
    sheet.output(out)
    return out.getvalue()


def verify_url(certificate: Certificate) -> str:
    """Where anybody can see whether it is genuine."""
    page = reverse("mobile:certificate", args=[certificate.number])
    return f"{settings.MASHANG_PUBLIC_URL}{page}"


class _Sheet(Paper):
    def draw(self, certificate: Certificate) -> None:
        self.add_page()
        self._frame()
        self.set_text_color(*RED)
        self._centred("爱心证书", 44, 58)
        self.set_text_color(*INK)
        self._fitted(certificate.shown_name, 26, 86)
        self._fitted(f"认领并实现了一个职工家庭的微心愿：{certificate.item}", 17, 106)
        self._centred("一份心意，一家欢喜。特颁此证，谨致谢意。", 17, 119)
        self._signed(certificate)
        self._verify(certificate)

    def _frame(self) -> None:
        self.set_draw_color(*RED)
        for inset, width in ((10, 1.2), (12.5, 0.3)):
            self.set_line_width(width)
            self.rect(inset, inset, SIZE[0] - 2 * inset, SIZE[1] - 2 * inset)

    def _signed(self, certificate: Certificate) -> None:
        day = certificate.issued_on
        right = SIZE[0] - MARGIN
        for words, y in (
            (certificate.union_name, 162),
            (f"{day.year}年{day.month}月{day.day}日", 173),
        ):
            size = min(16, 16 * 130 / self.width_of(words, 16))
            self.write_at(words, size, right - self.width_of(words, size), y)

    def _verify(self, certificate: Certificate) -> None:
        self.stamp(Symbol.of(verify_url(certificate)), MARGIN, 142, QR_SIDE)
        self.set_text_color(*SOFT)
        self.write_at(f"证书编号 {certificate.number}", 10, MARGIN, 181)
        self.write_at("扫码验证真伪", 10, MARGIN, 187)

    def _centred(self, words: str, size: float, y: float) -> None:
        self.write_at(words, size, (SIZE[0] - self.width_of(words, size)) / 2, y)

    def _fitted(self, words: str, size: float, y: float) -> None:
        """Smaller where the words would run over the frame."""
        self._centred(words, min(size, size * WIDTH / self.width_of(words, size)), y)
