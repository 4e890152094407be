"""What an inbox shows."""

from uuid import UUID

from django.db.models import QuerySet

from mashang.notices.models import Notice


def inbox(user_id: UUID) -> QuerySet[Notice]:
    """One's own messages, newest first."""
    return Notice.objects.filter(user_id=user_id).order_by("-created_at")


def unread_count(user_id: UUID) -> int:
    return Notice.objects.filter(user_id=user_id, read_at=None).count()
