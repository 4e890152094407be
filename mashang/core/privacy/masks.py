"""Masks: what a list, a card or a public page may show of a person."""

VEIL = "●●●"


class Masked(str):
    """Text that has been through a mask. The publicity renderer takes nothing else."""

    __slots__ = ()


def mask_name(name: str | None) -> Masked:
    """张三丰 → 张*: the length of a given name is not shown either."""
    return Masked(f"{name[0]}*" if name else "")


def mask_phone(phone: str | None) -> Masked:
    """13812348000 → 138****8000."""
    return _keep(phone, head=3, tail=4, stars=4)


def mask_id(number: str | None) -> Masked:
    """350102199001011123 → 35*************123."""
    return _keep(number, head=2, tail=3, stars=13)


def mask_card(number: str | None) -> Masked:
    """6217001234567890123 → **** **** **** 0123."""
    if not number:
        return Masked("")
    last = number[-4:] if len(number) >= 12 else "****"
    return Masked(f"**** **** **** {last}")


def _keep(text: str | None, *, head: int, tail: int, stars: int) -> Masked:
    if not text:
        return Masked("")
    if len(text) < head + tail + stars // 2:
        return Masked("*" * stars)  # too short to hide anything behind its ends
    return Masked(f"{text[:head]}{'*' * stars}{text[-tail:]}")
