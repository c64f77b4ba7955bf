"""mlroles: an open knowledge graph of machine-learning roles.

Data flows one way: Turtle files -> ``knowledge`` -> ``store`` -> ``engine`` -> ``web``.
"""

import logging
from importlib.metadata import version

__version__ = version("mlroles")

# It tells of each literal whose value it does not know, such as of a date before the year 1, with a
# traceback. What a literal may be is checked by ``knowledge.literals``.
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)

__all__ = ["__version__"]
