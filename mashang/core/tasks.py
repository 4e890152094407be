"""What the ground floor does every minute, without being asked."""

from mashang.core.idempotency import forget
from mashang.core.limits import sweep
from mashang.core.roots import seal_roots

TASKS = (seal_roots, sweep, forget)
