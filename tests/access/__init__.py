"""Who sees what: every address of the house, asked for by everybody, for every family.

`world` plants two counties with families in every state; `addresses` reads the URL conf; `matrix`
asks and judges; `scope_off` breaks the house on purpose, so that the matrix can be seen to see.
"""
