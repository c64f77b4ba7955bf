/** A bar for each row, where a result has a column of words and one of numbers. */

import { rowsOf } from "./table";

const MOST = 60;
const ROW = 26;
const WORDS = 260;
const WIDTH = 760;
const SVG = "http://www.w3.org/2000/svg";

export function chart(table: HTMLTableElement): SVGElement | null {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const numbers = heads.findIndex((head) => head.classList.contains("number"));
  const words = heads.findIndex((head) => !head.classList.contains("number"));
  const rows = rowsOf(table).slice(0, MOST);
  if (numbers < 0 || words < 0 || rows.length < 2) return null;
  const bars = rows.map((row) => ({ label: row.text(words), value: Number(row.text(numbers)) }));
  const largest = Math.max(...bars.map((bar) => Math.abs(bar.value))) || 1;
  const svg = element("svg", { viewBox: `0 0 ${WIDTH} ${bars.length * ROW}`, class: "chart", role: "img" });
  svg.setAttribute("aria-label", `${heads[numbers]?.textContent} by ${heads[words]?.textContent}; the table has the same numbers`);
  bars.forEach((bar, place) => {
    const width = (Math.abs(bar.value) / largest) * (WIDTH - WORDS - 70);
    const y = place * ROW;
    const label = element("text", { x: WORDS - 10, y: y + 17, "text-anchor": "end" });
    label.textContent = bar.label.length > 38 ? `${bar.label.slice(0, 37)}…` : bar.label;
    const value = element("text", { x: WORDS + width + 8, y: y + 17, class: "value" });
    value.textContent = String(bar.value);
    svg.append(label, element("rect", { x: WORDS, y: y + 4, width, height: ROW - 8, rx: 2 }), value);
  });
  return svg;
}

export function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
