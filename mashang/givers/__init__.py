"""爱心人士、爱心企业、社会组织: those who claim wishes, and the bodies they stand for."""
