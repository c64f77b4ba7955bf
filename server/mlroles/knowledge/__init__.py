"""From Turtle files to a knowledge base: read, check, reason over, validate, release."""
