"""公示内容: the one renderer of public lists. It takes masked words and nothing else."""

from collections.abc import Mapping

from mashang.cases.models import Application
from mashang.core.privacy.masks import Masked, mask_name, mask_phone

LABELS = {
    "name": "申请人",
    "matter": "申请事项",
    "persons": "家庭人口",
    "union": "受理工会",
    "phone": "申请人电话",
    "hotline": "工会电话",
}


def notice_of(application: Application, persons: int, phone: str | None) -> dict[str, str]:
    """What the neighbourhood may read: no number, no illness, no child, no address, no amount."""
    union = application.union
    return render(
        {
            "name": mask_name(application.holder.name),
            "matter": Masked("申请工会帮扶服务"),
            "persons": Masked(f"{persons} 人"),
            "union": Masked(union.name),
            "phone": mask_phone(phone),
            "hotline": Masked(union.contact_phone or union.hotline),
        }
    )


def render(words: Mapping[str, Masked]) -> dict[str, str]:
    """Raises TypeError for a word that has not been through a mask, so that none can slip in."""
    for key, word in words.items():
        if not isinstance(word, Masked):
            raise TypeError(f"{key} must be Masked before it is made public")
    return {LABELS[key]: str(word) for key, word in words.items() if word}
