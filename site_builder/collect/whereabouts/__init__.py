"""Where something was held: the village that a place names, and the place that a village is."""
