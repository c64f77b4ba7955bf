"""Queries as Oxigraph must be asked, so that it answers as the recommendation has it.

Each room's rewriting keeps the meaning that SPARQL 1.1 gives to the query, whatever the data.
"""

from mlroles.store.mending.mend import Dataset, mend

__all__ = ["Dataset", "mend"]
