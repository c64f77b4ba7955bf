/** Terms as SPARQL results in TSV write them, and as cells of a table show them. */

import { make } from "./dom";
import type { Vocabulary } from "./vocabulary";

export interface Term {
  kind: "iri" | "literal" | "other" | "none";
  text: string;
  note: string;
}

const LITERAL = /^"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?$/s;
const ESCAPES: Record<string, string> = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };

/** Returns the term that a field of TSV is (SPARQL 1.1 Query Results CSV and TSV Formats, 4). */
export function term(field: string): Term {
  if (!field) return { kind: "none", text: "", note: "" };
  if (field.startsWith("<") && !field.startsWith("<<")) return { kind: "iri", text: unescaped(field.slice(1, -1)), note: "" };
  const literal = LITERAL.exec(field);
  if (literal) return { kind: "literal", text: unescaped(literal[1] ?? ""), note: literal[2] ?? literal[3] ?? "" };
  return { kind: /^[-+.\d]|^(true|false)$/.test(field) ? "literal" : "other", text: field, note: "" };
}

function unescaped(text: string): string {
  return text.replace(/\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)/gs, (_, code: string) =>
    code.length > 1 ? String.fromCodePoint(parseInt(code.slice(1), 16)) : (ESCAPES[code] ?? code),
  );
}

/** Returns a cell for a term, as the server's tables have it. */
export function cell(found: Term, known: Vocabulary, numeric: boolean): HTMLTableCellElement {
  const made = make("td", { className: numeric ? "number" : found.kind === "other" ? "other" : "" });
  if (found.kind !== "iri") {
    made.append(found.text);
    if (found.note) made.append(" ", make("span", { className: "note" }, known.shorten(found.note)));
    return made;
  }
  const [name, label, href] = [known.shorten(found.text), known.label(found.text), known.address(found.text)];
  made.append(href ? make("a", { href, rel: known.isOurs(found.text) ? "" : "noopener noreferrer external" }, label || name) : label || name);
  if (label) made.append(" ", make("span", { className: "name" }, name));
  return made;
}
