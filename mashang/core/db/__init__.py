"""数据库: actions, states, sealed columns, compiled statements, what a database refuses."""
