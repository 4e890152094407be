"""Who may see what of the families of their own county, by state; by hand, from docs/security.md.

A review ties whoever may take its open step; a file ties those who keep it, the county's who arrange helpers, and
whoever has to answer something that waits on it. Who is not tied knows that the family exists, and no more; of a draft
only those who could fill it in for the worker.
"""

EXISTS, P3, P4 = "exists", "P3", "P4"
KNOWS = frozenset({EXISTS})
READS = frozenset({EXISTS, P3})
HANDLES = frozenset({EXISTS, P3, P4})  # P4 at an address that declares it

DESK: dict[str, dict[str, frozenset[str]]] = {
    "clerk": {
        "draft": KNOWS,
        "submitted": HANDLES,
        "publicity": HANDLES,
        "filed": HANDLES,
        "closed": HANDLES,
    },
    "county clerk": {
        "draft": KNOWS,
        "submitted": HANDLES,
        "publicity": HANDLES,
        "filed": HANDLES,  # a change that the family reported waits
        "closed": KNOWS,
    },
    "town reviewer": {"submitted": KNOWS, "publicity": HANDLES, "filed": KNOWS, "closed": KNOWS},
    "reviewer": {"submitted": KNOWS, "publicity": HANDLES, "filed": HANDLES, "closed": HANDLES},
    "approver": {"submitted": KNOWS, "publicity": KNOWS, "filed": HANDLES, "closed": HANDLES},
    "treasurer": {
        "submitted": KNOWS,
        "publicity": KNOWS,
        "filed": HANDLES,  # a granted sum waits to be paid
        "closed": KNOWS,
    },
    "keeper": {"submitted": KNOWS, "publicity": KNOWS, "filed": HANDLES, "closed": HANDLES},
    "auditor": {"submitted": KNOWS, "publicity": KNOWS, "filed": KNOWS, "closed": KNOWS},
}


def desk(role: str, county: str) -> dict[tuple[str, str], frozenset[str]]:
    return {(county, state): seen for state, seen in DESK[role].items()}
