"""What programs follow: Atom feeds, calendars, sitemaps."""
