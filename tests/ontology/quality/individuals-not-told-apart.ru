# skill:sql is not said to be different from the others of its kind.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skill: <https://w3id.org/mlroles/skill/>

INSERT DATA { skill:sql a mlr:Skill ; rdfs:label "SQL"@en }
