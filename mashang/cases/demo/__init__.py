"""演示数据: made-up people and households, so that screens look like life and nobody is shown."""
