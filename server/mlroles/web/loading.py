"""How other stores take the dataset, as the page of the ontology tells it."""

#: Store to its commands, for the files ``asserted.nt`` and ``inferred.nt``.
LOADING = (
    (
        "Oxigraph",
        (
            "oxigraph load --location oxigraph-data --file asserted.nt --graph {asserted}\n"
            "oxigraph load --location oxigraph-data --file inferred.nt --graph {inferred}\n"
            "oxigraph serve-read-only --location oxigraph-data --union-default-graph"
        ),
    ),
    (
        "Apache Jena TDB2 and Fuseki",
        (
            "tdb2.tdbloader --loc tdb2 --graph={asserted} asserted.nt\n"
            "tdb2.tdbloader --loc tdb2 --graph={inferred} inferred.nt\n"
            "fuseki-server --tdb2 --loc tdb2 --set tdb2:unionDefaultGraph=true /mlroles"
        ),
    ),
    (
        "Virtuoso (with the directory in DirsAllowed)",
        (
            "isql-vt 1111 dba dba exec=\"ld_dir('$PWD', 'asserted.nt', '{asserted}');"
            " ld_dir('$PWD', 'inferred.nt', '{inferred}'); rdf_loader_run(); checkpoint;\""
        ),
    ),
    (
        "GraphDB (a repository “mlroles” with the ruleset “No inference”)",
        (
            "curl -X POST --data-binary @asserted.nt -H 'Content-Type: application/n-triples'"
            " 'http://localhost:7200/repositories/mlroles/rdf-graphs/service?graph={asserted}'\n"
            "curl -X POST --data-binary @inferred.nt -H 'Content-Type: application/n-triples'"
            " 'http://localhost:7200/repositories/mlroles/rdf-graphs/service?graph={inferred}'"
        ),
    ),
    (
        "Any store with SPARQL 1.1 Update",
        "mlroles publish --to http://localhost:7878/query --update http://localhost:7878/update",
    ),
    (
        "rdflib",
        (
            "import rdflib\n\n"
            "dataset = rdflib.Dataset(default_union=True)\n"
            'dataset.graph("{asserted}").parse("asserted.nt")\n'
            'dataset.graph("{inferred}").parse("inferred.nt")'
        ),
    ),
)
