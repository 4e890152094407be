"""账号: who is at the keyboard."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models


class User(AbstractBaseUser):
    """One person; the same User may be worker, helper, giver and staff at once."""

    USERNAME_FIELD = "username"

    username = models.CharField("登录名", max_length=40, unique=True, null=True)

    def __str__(self) -> str:
        return str(self.pk)
