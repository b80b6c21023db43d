"""Records of a village and a day, of which the day was put right."""
