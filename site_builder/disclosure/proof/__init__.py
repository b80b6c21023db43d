"""The proof of an edition: whole tables that fit all that is published, made of that alone."""
