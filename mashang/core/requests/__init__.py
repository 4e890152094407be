"""请求: repeated requests, rates and paces."""
