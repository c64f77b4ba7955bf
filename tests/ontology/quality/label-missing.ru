# skill:hardware has no label.

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skill: <https://w3id.org/mlroles/skill/>

DELETE WHERE { skill:hardware rdfs:label ?label }
