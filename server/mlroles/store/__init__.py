"""Where triples live: one small interface, and its homes."""

from mlroles.store.interface import QueryRequest, Store

__all__ = ["QueryRequest", "Store"]
