"""The commands about what is published: publish, releases, rollback, verify."""
