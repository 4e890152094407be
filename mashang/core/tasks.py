"""What the ground floor does every minute, without being asked."""

from mashang.core.audit.roots import seal_roots
from mashang.core.audit.seals import seal_rows
from mashang.core.audit.witness import witness_day
from mashang.core.requests.idempotency import forget
from mashang.core.requests.rate_limits import sweep

TASKS = (seal_rows, seal_roots, witness_day, sweep, forget)
