"""The year clock: what comes round every year, as a circle, a list and a calendar to subscribe to."""
