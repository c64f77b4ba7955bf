/** Ways to look at a result: the server's table, sorted, filtered and paged; a chart; a network. */

import { chart } from "./chart";
import { network } from "./network";
import { enhance } from "./table";

/** Adds the views that suit the result in `outcome`, if there is one. */
export function views(outcome: HTMLElement): void {
  const scroll = outcome.querySelector<HTMLElement>(".scroll:has(table)");
  const table = scroll?.querySelector("table");
  if (!scroll || !table) return;
  const tableView = enhance(scroll, table);
  const found: [string, HTMLElement | SVGElement | null][] = [
    ["Table", tableView],
    ["Chart", chart(table)],
    ["Network", network(table)],
  ];
  const offered = found.filter((view): view is [string, HTMLElement | SVGElement] => view[1] !== null);
  if (offered.length < 2) return;
  const choice = document.createElement("fieldset");
  choice.className = "views";
  const legend = document.createElement("legend");
  legend.textContent = "Shown as";
  choice.append(legend);
  for (const [name, view] of offered) {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = "view";
    radio.checked = view === tableView;
    radio.addEventListener("change", () => offered.forEach(([, other]) => hide(other, other !== view)));
    label.append(radio, ` ${name}`);
    choice.append(label);
    if (view !== tableView) {
      hide(view, true);
      tableView.after(view);
    }
  }
  tableView.before(choice);
}

function hide(view: HTMLElement | SVGElement, hidden: boolean): void {
  view.toggleAttribute("hidden", hidden);
}
