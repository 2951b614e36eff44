"""Documents for decision-makers: one report model, written as tagged PDF, Word and Excel."""
