# mlr:Certificate is a class without any member.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT DATA { mlr:Certificate a owl:Class ; rdfs:label "certificate"@en }
