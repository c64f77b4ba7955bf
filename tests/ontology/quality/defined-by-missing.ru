# mlr:atLevel does not say that our ontology defines it.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE WHERE { mlr:atLevel rdfs:isDefinedBy ?ontology }
