"""Fault and attack rigs. Each figure stands beside its control: a run in which the guard is off."""
