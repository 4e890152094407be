"""Django asks this class who the user of a session is. Signing in goes through `actions` only."""

from uuid import UUID

from django.contrib.auth.backends import BaseBackend

from mashang.accounts.models import User


class AccountsBackend(BaseBackend):
    def get_user(self, user_id: UUID) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
