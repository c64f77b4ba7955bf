# mlr:paraphrase does not say what has it and what its values are.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE WHERE { mlr:paraphrase rdfs:range ?range }
