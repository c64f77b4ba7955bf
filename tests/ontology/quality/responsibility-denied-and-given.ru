# role:applied-research-scientist is said both to have and not to have the responsibility resp:solve-practical-problems.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX resp: <https://w3id.org/mlroles/responsibility/>
PREFIX stmt: <https://w3id.org/mlroles/statement/>

INSERT DATA { stmt:applied-research-scientist-excludes-implement-solutions-in-practice mlr:excludes resp:solve-practical-problems }
