"""Where the ontology, the data and the saved queries are, in a checkout or installed."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE if (PACKAGE / "ontology").is_dir() else PACKAGE.parents[1]

ONTOLOGY = ROOT / "ontology"
DATA = ROOT / "data"
QUERIES = ROOT / "queries"
EXAMPLES = DATA / "examples"

#: What SHACL asks of the data. No part of the knowledge base: nobody asks a graph for its shapes.
SHAPES = ONTOLOGY / "shapes.ttl"

#: How w3id.org is to lead from our IRIs to a server, as Apache's mod_rewrite reads it.
REDIRECTS = ONTOLOGY / "w3id.htaccess"
