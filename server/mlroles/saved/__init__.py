"""Saved queries: read from ``queries/*.rq``, their parameters checked and bound as terms."""
