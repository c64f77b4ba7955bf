# role:data-analyst states mlr:requiresSkill without a section or a rationale.

PREFIX graph: <https://w3id.org/mlroles/graph/>
PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX role: <https://w3id.org/mlroles/role/>
PREFIX skill: <https://w3id.org/mlroles/skill/>

INSERT DATA { GRAPH graph:asserted { role:data-analyst mlr:requiresSkill skill:leadership } }
