"""统计: figures read from every room."""
