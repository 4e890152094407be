"""码上: one file per household, one code per file, from application to aid.

The interpreter's own SQLite (3.40 on Debian 12) can lose an acknowledged write
when a WAL file is reset. The wheel below carries a library with the fix, so it
takes the name ``sqlite3`` before Django looks for it.
"""

import sys

import pysqlite3

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
