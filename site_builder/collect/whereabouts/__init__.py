"""Where something is: the village that a place names, the place that a village is, the county that a file is of."""
