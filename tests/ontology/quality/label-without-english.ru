# skill:hardware has the label “hardware”, which is not said to be in English.

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skill: <https://w3id.org/mlroles/skill/>

DELETE { skill:hardware rdfs:label ?label }
INSERT { skill:hardware rdfs:label "hardware" }
WHERE { skill:hardware rdfs:label ?label }
