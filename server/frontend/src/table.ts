/** A result as a table that is sorted by a column, filtered, and read a page at a time. */

import { button, make } from "./dom";

const PAGE = 50;

/** A row, of the page or of what was loaded after it; its element is made when it is shown. */
export interface Row {
  text(column: number): string;
  words: string;
  element(): HTMLTableRowElement;
}

/** The rows of a table of the server's. */
export function rowsOf(table: HTMLTableElement): Row[] {
  return [...(table.tBodies[0]?.rows ?? [])].map((row) => ({
    text: (column) => row.cells[column]?.firstChild?.textContent?.trim() ?? "",
    words: row.textContent?.toLowerCase() ?? "",
    element: () => row,
  }));
}

export class Table {
  /** What steers the table, and the table. */
  readonly element = make("div", { className: "sheet" });
  private shown: Row[];
  private page = 0;
  private sorted: { column: number; down: boolean } | null = null;
  private readonly filter = make("input", { type: "search", placeholder: "Filter the rows" });
  private readonly pager = make("p", { className: "pager" });

  constructor(
    private readonly table: HTMLTableElement,
    private rows: Row[],
  ) {
    this.shown = rows;
    this.filter.setAttribute("aria-label", "Filter the rows");
    this.filter.addEventListener("input", () => this.arrange());
    this.pager.setAttribute("role", "status");
    this.heads.forEach((head, column) => this.sortable(head, column));
    const scroll = table.closest<HTMLElement>(".scroll") ?? table;
    scroll.before(this.element);
    this.element.append(this.filter, scroll, this.pager);
    this.arrange();
  }

  /** Takes other rows in the place of those that were there. */
  replace(rows: Row[]): void {
    this.rows = rows;
    this.arrange();
  }

  private get heads(): HTMLTableCellElement[] {
    return [...(this.table.tHead?.rows[0]?.cells ?? [])];
  }

  private arrange(): void {
    const words = this.filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    this.shown = words.length ? this.rows.filter((row) => words.every((word) => row.words.includes(word))) : [...this.rows];
    if (this.sorted) {
      const { column, down } = this.sorted;
      const numeric = this.heads[column]?.classList.contains("number") ?? false;
      this.shown.sort((a, b) => compare(a.text(column), b.text(column), numeric));
      if (down) this.shown.reverse();
    }
    this.page = 0;
    this.draw();
  }

  private draw(): void {
    const first = this.page * PAGE;
    const part = this.shown.slice(first, first + PAGE);
    this.table.tBodies[0]?.replaceChildren(...part.map((row) => row.element()));
    this.filter.hidden = this.rows.length <= 5;
    this.pager.hidden = this.rows.length <= PAGE;
    const last = Math.max(0, Math.ceil(this.shown.length / PAGE) - 1);
    const told = ` ${(part.length ? first + 1 : 0).toLocaleString("en")}–${(first + part.length).toLocaleString("en")} of ${this.shown.length.toLocaleString("en")} `;
    this.pager.replaceChildren(
      this.turn("First", 0, last),
      this.turn("Earlier", this.page - 1, last),
      told,
      this.turn("Later", this.page + 1, last),
      this.turn("Last", last, last),
    );
  }

  private turn(words: string, to: number, last: number): HTMLButtonElement {
    const made = button(words, () => {
      this.page = to;
      this.draw();
    });
    made.disabled = to < 0 || to > last || to === this.page;
    return made;
  }

  private sortable(head: HTMLTableCellElement, column: number): void {
    const sort = make("button", { type: "button", className: "sort" }, head.textContent ?? "");
    head.replaceChildren(sort);
    sort.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      this.heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      this.sorted = { column, down };
      this.arrange();
    });
  }
}

const WORDS = new Intl.Collator("en", { numeric: true });

/** Compares as numbers where the column has them, else as people sort words. */
export function compare(a: string, b: string, numeric: boolean): number {
  return numeric ? Number(a || "NaN") - Number(b || "NaN") : WORDS.compare(a, b);
}
