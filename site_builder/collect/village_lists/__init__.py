"""Lists of the campaign's villages, as offices write them: by name, in whatever layout, each found in the gazetteer."""
