"""审核流程: who must agree, in what order, by when."""
