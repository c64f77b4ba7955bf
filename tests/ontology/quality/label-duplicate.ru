# skill:hardware has the same label as skill:infrastructure: “hardware”.

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skill: <https://w3id.org/mlroles/skill/>

DELETE { skill:infrastructure rdfs:label ?label }
INSERT { skill:infrastructure rdfs:label "hardware"@en }
WHERE { skill:infrastructure rdfs:label ?label }
