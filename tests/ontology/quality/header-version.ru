# alignment:esco has the version “0.2.0”, but the version IRI <https://w3id.org/mlroles/alignment/esco/0.1.0>.

PREFIX alignment: <https://w3id.org/mlroles/alignment/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>

DELETE { alignment:esco owl:versionInfo ?old }
INSERT { alignment:esco owl:versionInfo "0.2.0" }
WHERE { alignment:esco owl:versionInfo ?old }
