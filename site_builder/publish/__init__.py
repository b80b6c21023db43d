"""Publishing: the very site that was built and checked goes to where the public reads it, whole or not at all."""
