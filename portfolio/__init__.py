"""Portfolio: a municipality's development work as a portfolio and a roadmap."""
