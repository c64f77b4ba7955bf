/** Things and what relates them, where the first and the last column of a result are things. */

import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

import { element } from "./chart";

const MOST = 250;
const WIDTH = 900;
const HEIGHT = 620;

interface Node {
  id: string;
  label: string;
  href: string;
  x: number;
  y: number;
  degree: number;
}

export function network(table: HTMLTableElement): SVGElement | null {
  const rows = [...(table.tBodies[0]?.rows ?? [])].slice(0, MOST);
  const nodes = new Map<string, Node>();
  const links: { source: string; target: string; label: string }[] = [];
  for (const row of rows) {
    const things = [...row.cells].flatMap((cell) => [...cell.querySelectorAll<HTMLAnchorElement>(":scope > a:not(.why)")].slice(0, 1));
    const [first, last] = [things[0], things[things.length - 1]];
    if (!first || !last || first === last) continue;
    const ends = [first, last].map((thing) => node(nodes, thing));
    const label = things.length > 2 ? (things[1]?.textContent ?? "") : "";
    links.push({ source: ends[0]!.id, target: ends[1]!.id, label });
    ends.forEach((end) => (end.degree += 1));
  }
  if (links.length < 2) return null;
  const placed = [...nodes.values()];
  place(placed, links);
  return draw(nodes, placed, links);
}

function node(nodes: Map<string, Node>, thing: HTMLAnchorElement): Node {
  const found = nodes.get(thing.href);
  if (found) return found;
  const turn = nodes.size * 2.4; // where a node begins, so that the same result looks the same
  const made = {
    id: thing.href,
    label: thing.textContent ?? "",
    href: thing.href,
    x: WIDTH / 2 + Math.cos(turn) * 10 * Math.sqrt(nodes.size),
    y: HEIGHT / 2 + Math.sin(turn) * 10 * Math.sqrt(nodes.size),
    degree: 0,
  };
  nodes.set(thing.href, made);
  return made;
}

function place(nodes: Node[], links: { source: string; target: string }[]): void {
  forceSimulation(nodes)
    .force("link", forceLink(links.map((link) => ({ ...link }))).id((one) => (one as Node).id).distance(110))
    .force("charge", forceManyBody().strength(-420))
    .force("centre", forceCenter(WIDTH / 2, HEIGHT / 2))
    .force("x", forceX(WIDTH / 2).strength(0.05))
    .force("y", forceY(HEIGHT / 2).strength(0.09))
    .force("apart", forceCollide(34))
    .stop()
    .tick(300);
  for (const one of nodes) {
    one.x = Math.min(WIDTH - 90, Math.max(90, one.x));
    one.y = Math.min(HEIGHT - 16, Math.max(16, one.y));
  }
}

function draw(nodes: Map<string, Node>, placed: Node[], links: { source: string; target: string; label: string }[]): SVGElement {
  const top = Math.min(...placed.map((one) => one.y)) - 30;
  const height = Math.max(...placed.map((one) => one.y)) + 20 - top;
  const svg = element("svg", { viewBox: `0 ${top} ${WIDTH} ${height}`, class: "network", role: "group" });
  svg.setAttribute("aria-label", "The rows as a network; the table has the same");
  for (const link of links) {
    const [from, to] = [nodes.get(link.source)!, nodes.get(link.target)!];
    const line = element("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y });
    if (link.label) {
      const title = element("title", {});
      title.textContent = link.label;
      line.append(title);
    }
    svg.append(line);
  }
  for (const one of placed) {
    const anchor = element("a", { href: one.href });
    const label = element("text", { x: one.x, y: one.y - 9, "text-anchor": "middle" });
    label.textContent = one.label.length > 28 ? `${one.label.slice(0, 27)}…` : one.label;
    anchor.append(element("circle", { cx: one.x, cy: one.y, r: Math.min(11, 4 + one.degree) }), label);
    svg.append(anchor);
  }
  return svg;
}
