/** The server's table, made to be sorted by a column, filtered, and read a page at a time. */

const PAGE = 50;

/** Wraps the table in what steers it, and returns that. */
export function enhance(scroll: HTMLElement, table: HTMLTableElement): HTMLElement {
  const wrap = document.createElement("div");
  scroll.before(wrap);
  const body = table.tBodies[0];
  const all = [...(body?.rows ?? [])];
  const texts = new Map(all.map((row) => [row, row.textContent?.toLowerCase() ?? ""]));
  let shown = all;
  let page = 0;
  const filter = document.createElement("input");
  const pager = document.createElement("p");
  const draw = (): void => {
    const last = Math.max(0, Math.ceil(shown.length / PAGE) - 1);
    page = Math.min(page, last);
    body?.replaceChildren(...shown.slice(page * PAGE, (page + 1) * PAGE));
    pager.hidden = shown.length <= PAGE && shown.length === all.length;
    const turn = (words: string, to: number): HTMLButtonElement => {
      const made = button(words, () => {
        page = to;
        draw();
      });
      made.disabled = to < 0 || to > last;
      return made;
    };
    const from = shown.length ? page * PAGE + 1 : 0;
    const to = Math.min((page + 1) * PAGE, shown.length);
    pager.replaceChildren(turn("Earlier", page - 1), ` ${from}–${to} of ${shown.length} `, turn("Later", page + 1));
  };
  sortable(table, () => shown, (rows) => {
    shown = rows;
    draw();
  });
  filter.type = "search";
  filter.placeholder = "Filter the rows";
  filter.setAttribute("aria-label", "Filter the rows");
  filter.addEventListener("input", () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    shown = all.filter((row) => words.every((word) => texts.get(row)?.includes(word)));
    page = 0;
    draw();
  });
  pager.className = "pager";
  pager.setAttribute("role", "status");
  if (all.length > 5) wrap.append(filter);
  wrap.append(scroll, pager);
  draw();
  return wrap;
}

function sortable(table: HTMLTableElement, rows: () => HTMLTableRowElement[], give: (rows: HTMLTableRowElement[]) => void): void {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  heads.forEach((head, column) => {
    const sort = document.createElement("button");
    sort.type = "button";
    sort.className = "sort";
    sort.textContent = head.textContent;
    head.replaceChildren(sort);
    sort.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const numeric = head.classList.contains("number");
      const sorted = [...rows()].sort((a, b) => compare(text(a, column), text(b, column), numeric));
      give(down ? sorted.reverse() : sorted);
    });
  });
}

/** Compares as numbers where the column has them, else as people sort words. */
export function compare(a: string, b: string, numeric: boolean): number {
  return numeric ? Number(a || "NaN") - Number(b || "NaN") : a.localeCompare(b, "en", { numeric: true });
}

export function text(row: HTMLTableRowElement, column: number): string {
  return row.cells[column]?.firstChild?.textContent?.trim() ?? "";
}

function button(words: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}
