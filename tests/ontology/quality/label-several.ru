# skill:hardware has two labels in one language: “hard ware” and “hardware”.

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skill: <https://w3id.org/mlroles/skill/>

INSERT DATA { skill:hardware rdfs:label "hard ware"@en }
