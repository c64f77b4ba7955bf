# skill:SQL has a name that is not in the form of its kind.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skill: <https://w3id.org/mlroles/skill/>

INSERT DATA { skill:SQL a mlr:Skill ; rdfs:label "SQL"@en }
