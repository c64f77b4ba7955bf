/** Ways to look at a result: a table, a chart, a network, and the text that programs get. */

import { chart } from "./chart";
import { button, make } from "./dom";
import { network } from "./network";
import { raw } from "./raw";
import { type Ask, everyRow, MOST } from "./rest";
import { rowsOf, Table } from "./table";

interface View {
  name: string;
  element: HTMLElement | SVGElement;
  show?: () => void;
}

/** Adds the views that suit the result in `outcome`, if there is one; `ask` gets it in a format. */
export function views(outcome: HTMLElement, formats: [string, string][], ask: Ask): void {
  const table = outcome.querySelector<HTMLTableElement>(".scroll > table");
  if (!table) return;
  const [bars, net] = [chart(table), network(table)]; // of the server's rows, before they are paged
  const sheet = new Table(table, rowsOf(table));
  const banner = outcome.querySelector<HTMLElement>(".banner[data-more]");
  if (banner) loading(banner, outcome, table, sheet, ask);
  const found: View[] = [{ name: "Table", element: sheet.element }];
  if (bars) found.push({ name: "Chart", element: bars });
  if (net) found.push({ name: "Network", element: net });
  if (formats.length) found.push({ name: "Raw", ...raw(formats, ask) });
  choices(found, sheet.element);
}

function choices(found: View[], first: HTMLElement): void {
  if (found.length < 2) return;
  const choice = make("fieldset", { className: "views" }, make("legend", {}, "Shown as"));
  for (const view of found) {
    const radio = make("input", { type: "radio", name: "view", checked: view.element === first });
    radio.addEventListener("change", () => {
      for (const other of found) other.element.toggleAttribute("hidden", other !== view);
      view.show?.();
    });
    choice.append(make("label", {}, radio, ` ${view.name}`));
    if (view.element !== first) {
      view.element.toggleAttribute("hidden", true);
      first.after(view.element);
    }
  }
  first.before(choice);
}

/** Offers to load the rows that the page has no room for. */
function loading(banner: HTMLElement, outcome: HTMLElement, table: HTMLTableElement, sheet: Table, ask: Ask): void {
  const told = make("span", {});
  told.setAttribute("role", "status");
  const load = button(`Load up to ${MOST.toLocaleString("en")} rows here`, () => void run());
  banner.append(" ", load, " ", told);
  const run = async (): Promise<void> => {
    load.disabled = true;
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    const numeric = heads.map((head) => head.classList.contains("number"));
    try {
      const { rows, more } = await everyRow(ask, numeric, (count) => (told.textContent = `${count.toLocaleString("en")} rows …`));
      heads.find((head) => head.classList.contains("mark"))?.remove(); // it is known of the first rows alone
      outcome.querySelector(".reasoning")?.remove();
      outcome.querySelector(".pages")?.remove();
      sheet.replace(rows);
      banner.replaceChildren(`${rows.length.toLocaleString("en")} rows are here${more ? "; the result has more, which a download has" : ""}.`);
    } catch (error) {
      told.textContent = `They could not be loaded: ${String(error)}`;
      load.disabled = false;
    }
  };
}
