"""Register: portfolios, initiatives, categories, milestones, dependencies, indicators."""
