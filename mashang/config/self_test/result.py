"""What one check found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """`stops`: with this one not passed nobody is served; else it is told, and the house opens."""

    name: str
    passed: bool
    detail: str
    stops: bool = True
