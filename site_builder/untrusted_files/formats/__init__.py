"""The formats that counties send: each read by hand within limits, or refused."""
