"""What can happen to a household's application and file, one module per subject.

`applications` and `papers` for the worker, `reviews` and `publicity` for the unions on the way,
`files`, `changes`, `pairings` and `transfers` for the file, `access` for every look into it.
Doors import the module and call the verb: `files.open_case(…)`.
"""
