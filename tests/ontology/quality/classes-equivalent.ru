# mlr:Organisation is the same class as schema:Organization.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX schema: <https://schema.org/>

INSERT DATA { mlr:Organisation owl:equivalentClass schema:Organization }
