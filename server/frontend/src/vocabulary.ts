/** What the server calls things: prefixes, and the labels of what is ours. Asked for once. */

export interface Named {
  name: string;
  label: string;
  also: string[];
}

interface Told {
  base: string;
  prefixes: Record<string, string>;
  terms: Named[];
}

export class Vocabulary {
  private readonly labels: Map<string, string>;

  constructor(
    readonly terms: Named[],
    readonly prefixes: Record<string, string>,
    private readonly base: string,
    private readonly root: string,
  ) {
    this.labels = new Map(terms.map((term) => [term.name, term.label]));
  }

  /** Returns the prefixed name of an IRI, or the IRI. */
  shorten(iri: string): string {
    let best = iri;
    let longest = 0;
    for (const [prefix, namespace] of Object.entries(this.prefixes)) {
      const local = iri.slice(namespace.length);
      if (namespace.length > longest && iri.startsWith(namespace) && /^[\w-]+$/.test(local)) {
        best = `${prefix}:${local}`;
        longest = namespace.length;
      }
    }
    return best;
  }

  label(iri: string): string {
    return this.labels.get(this.shorten(iri)) ?? "";
  }

  isOurs(iri: string): boolean {
    return this.base !== "" && iri.startsWith(this.base);
  }

  /** Returns where an IRI leads to: ours to this server, others outside, and none but the Web's. */
  address(iri: string): string {
    if (this.isOurs(iri)) return this.root + iri.slice(this.base.length);
    return /^https?:\/\//.test(iri) ? iri : "";
  }
}

let asked: Promise<Vocabulary> | undefined;

/** Returns the vocabulary; an empty one if the server does not tell it. */
export function vocabulary(): Promise<Vocabulary> {
  const address = document.querySelector<HTMLElement>("[data-terms]")?.dataset.terms ?? "terms";
  const root = new URL(address, location.href).href.replace(/terms$/, "");
  asked ??= fetch(address, { headers: { Accept: "application/json" } })
    .then((response) => response.json() as Promise<Told>)
    .then((told) => new Vocabulary(told.terms, told.prefixes, told.base, root))
    .catch(() => new Vocabulary([], {}, "", root));
  return asked;
}
