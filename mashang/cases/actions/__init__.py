"""What can happen to a household's application and file, one module per subject.

`applying` and `papers` for the worker, `reviewing` and `publicity` for the unions on the way,
`filing`, `changing`, `pairing` and `transferring` for the file, `access` for every look into it.
Doors import the module and call the verb: `files.open_case(…)`.
"""
