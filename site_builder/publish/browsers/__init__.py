"""A site as browsers get it: over the web, and compressed."""
