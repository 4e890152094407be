"""导入导出: files that go in and out of the house."""
