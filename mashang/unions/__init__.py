"""工会组织: the tree of unions, posts, roles and scope."""
