"""What can happen to a wish, one module per subject.

Doors import the module and call the verb: `claims.claim(…)`.
"""
