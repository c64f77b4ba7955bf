# mlr:Level is a class without an example.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE WHERE { mlr:Level skos:example ?example }
