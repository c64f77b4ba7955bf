"""Oxigraph with data of its own, asking the endpoint by SERVICE."""

from collections.abc import Callable

import pyoxigraph as ox

from questions import DUAL_ROLE, ROLES

MINE = "https://example.org/holds"


def test_another_store_joins_its_data_with_ours(endpoint: str, note: Callable[..., None]) -> None:
    store = ox.Store()
    for person, role in (("ada", ROLES[1]), ("ben", "https://w3id.org/mlroles/role/data-analyst")):
        store.add(
            ox.Quad(
                ox.NamedNode(f"https://example.org/{person}"),
                ox.NamedNode(MINE),
                ox.NamedNode(role),
            )
        )
    query = f"""SELECT ?person ?label WHERE {{
  ?person <{MINE}> ?role .
  SERVICE <{endpoint}> {{
    ?role a <{DUAL_ROLE}> ; <http://www.w3.org/2000/01/rdf-schema#label> ?label
  }}
}}"""
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    rows = [(row["person"].value, row["label"].value) for row in found]
    note(f"pyoxigraph\n{query}", rows)
    assert rows == [("https://example.org/ada", "MLOps engineer")]
