/** The query as code of others: each snippet runs as it is. */

export interface Asked {
  endpoint: string;
  query: string;
  graph: string;
}

export const SNIPPETS: Record<string, (asked: Asked) => string> = {
  curl: ({ endpoint, query, graph }) =>
    [
      `curl -sS '${endpoint}' -H 'Accept: text/csv'`,
      ...(graph ? [`--data-urlencode 'default-graph-uri=${graph}'`] : []),
      `--data-urlencode query@- <<'END'\n${query}\nEND`,
    ].join(" \\\n  "),
  "Python, SPARQLWrapper": ({ endpoint, query, graph }) => `from SPARQLWrapper import JSON, POST, SPARQLWrapper

sparql = SPARQLWrapper(${JSON.stringify(endpoint)})
sparql.setMethod(POST)
sparql.setReturnFormat(JSON)
${graph ? `sparql.addDefaultGraph(${JSON.stringify(graph)})\n` : ""}sparql.setQuery(${python(query)})
for row in sparql.queryAndConvert()["results"]["bindings"]:
    print({name: term["value"] for name, term in row.items()})
`,
  "Python, rdflib": ({ endpoint, query, graph }) => `from rdflib.plugins.stores.sparqlstore import SPARQLStore

store = SPARQLStore(${JSON.stringify(endpoint)}, method="POST_FORM")
for row in store.query(${python(query)}${graph ? `, queryGraph=${JSON.stringify(graph)}` : ""}):
    print(*row)
`,
  "Python, pandas": ({ endpoint, query, graph }) => `import io
import urllib.parse
import urllib.request

import pandas as pd

form = {"query": ${python(query)}, "format": "csv"${graph ? `, "default-graph-uri": ${JSON.stringify(graph)}` : ""}}
body = urllib.parse.urlencode(form).encode()
with urllib.request.urlopen(${JSON.stringify(endpoint)}, body) as answer:
    frame = pd.read_csv(io.BytesIO(answer.read()))
print(frame)
`,
  R: ({ endpoint, query, graph }) => `library(httr2)

answer <- request(${JSON.stringify(endpoint)}) |>
  req_body_form(query = r"---(${query})---", format = "csv"${graph ? `, \`default-graph-uri\` = ${JSON.stringify(graph)}` : ""}) |>
  req_perform()
print(read.csv(text = resp_body_string(answer)))
`,
  JavaScript: ({ endpoint, query, graph }) => `const body = new URLSearchParams({ query: ${JSON.stringify(query)}${graph ? `, "default-graph-uri": ${JSON.stringify(graph)}` : ""} });
const headers = { Accept: "application/sparql-results+json" };
const answer = await fetch(${JSON.stringify(endpoint)}, { method: "POST", body, headers });
const { results } = await answer.json();
console.table(results.bindings.map((row) => Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value]))));
`,
};

function python(text: string): string {
  return JSON.stringify(text).replace(/\\u2028/g, "\\u2028");
}
