/** What was asked before, kept in this browser alone. */

import { button } from "./dom";

const KEY = "mlroles.queries";
const MOST = 30;

export class History {
  constructor(
    private readonly place: HTMLElement | null,
    private readonly open: (query: string) => void,
  ) {
    this.draw();
  }

  add(query: string): void {
    const kept = [query, ...this.read().filter((other) => other !== query)].slice(0, MOST);
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // A browser that keeps nothing has no history.
    }
    this.draw();
  }

  private read(): string[] {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === "string") : [];
    } catch {
      return [];
    }
  }

  private draw(): void {
    if (!this.place) return;
    const queries = this.read();
    this.place.hidden = queries.length === 0;
    const list = document.createElement("ul");
    for (const query of queries) {
      const item = document.createElement("li");
      item.append(button(gist(query), () => this.open(query)));
      list.append(item);
    }
    const clear = button("Forget all", () => {
      localStorage.removeItem(KEY);
      this.draw();
    });
    this.place.querySelector(".kept")?.replaceChildren(list, clear);
  }
}

function gist(query: string): string {
  const said = query.replace(/^\s*(PREFIX|BASE)\b.*$/gim, "").replace(/\s+/g, " ").trim();
  return said.length > 90 ? `${said.slice(0, 90)}…` : said;
}
