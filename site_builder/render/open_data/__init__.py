"""The downloads: public tables, human-services data (HSDS), data for search engines."""
