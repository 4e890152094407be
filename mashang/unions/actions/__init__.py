"""What can happen in the tree, one module per subject.

`tree` founds, corrects and closes unions, `posts` appoints and relieves people, `rules` sets what
a union reckons by. Doors import the module and call the verb: `posts.appoint(…)`.
"""
