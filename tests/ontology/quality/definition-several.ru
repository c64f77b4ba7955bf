# mlr:Skill has two definitions: “Something a person can know or be able to do, and that a role may require.” and “What a person can do.”.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA { mlr:Skill skos:definition "What a person can do."@en }
