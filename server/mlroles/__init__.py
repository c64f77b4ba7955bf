"""mlroles: an open knowledge graph of machine-learning roles.

Data flows one way: Turtle files -> ``knowledge`` -> ``store`` -> ``engine`` -> ``web``.
"""

from importlib.metadata import version

__version__ = version("mlroles")

__all__ = ["__version__"]
