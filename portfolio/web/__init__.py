"""What every screen stands on: the request's session and actor, access, the page's language, filters, assets."""
