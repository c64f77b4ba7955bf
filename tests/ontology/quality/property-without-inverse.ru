# mlr:levelOf has no named inverse.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>

DELETE WHERE { mlr:levelOf owl:inverseOf ?inverse } ;
DELETE WHERE { ?inverse owl:inverseOf mlr:levelOf }
