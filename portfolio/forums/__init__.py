"""Forums: forums, meetings and decisions."""
