/** Things and what relates them, where the first and the last column of a result are things. */

import { forceCenter, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

import { element } from "./chart";
import { make } from "./dom";

const MOST = 250;
const [NARROWEST, WIDEST] = [340, 1100];
const LETTER = 7.7; // how wide one is, about
const [LABEL, DOT, GAP] = [17, 9, 10];
const LONGEST = 28;
const ROUNDS = 300;

interface Node {
  id: string;
  label: string;
  href: string;
  x: number;
  y: number;
  degree: number;
}

interface Link {
  source: string;
  target: string;
  label: string;
}

/** Returns the picture, as wide as there is room: a screen that is narrow gets one that is high. */
export function network(table: HTMLTableElement): HTMLElement | null {
  const rows = [...(table.tBodies[0]?.rows ?? [])].slice(0, MOST);
  const nodes = new Map<string, Node>();
  const links: Link[] = [];
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
  const room = table.closest(".scroll")?.clientWidth ?? WIDEST;
  const width = Math.min(WIDEST, Math.max(NARROWEST, room));
  const placed = [...nodes.values()];
  place(placed, links, width);
  spread(placed, width);
  return make("div", { className: "net" }, draw(nodes, placed, links, width));
}

function node(nodes: Map<string, Node>, thing: HTMLAnchorElement): Node {
  const found = nodes.get(thing.href);
  if (found) return found;
  const turn = nodes.size * 2.4; // where a node begins, so that the same result looks the same
  const label = thing.textContent ?? "";
  const made = {
    id: thing.href,
    label: label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label,
    href: thing.href,
    x: Math.cos(turn) * 10 * Math.sqrt(nodes.size),
    y: Math.sin(turn) * 10 * Math.sqrt(nodes.size),
    degree: 0,
  };
  nodes.set(thing.href, made);
  return made;
}

function place(nodes: Node[], links: Link[], width: number): void {
  const height = Math.max(420, (nodes.length * 130 * 45) / width);
  forceSimulation(nodes)
    .force("link", forceLink(links.map((link) => ({ ...link }))).id((one) => (one as Node).id).distance(110))
    .force("charge", forceManyBody().strength(-420))
    .force("centre", forceCenter(width / 2, height / 2))
    .force("x", forceX(width / 2).strength(0.05 * (WIDEST / width)))
    .force("y", forceY(height / 2).strength(0.09 * (width / WIDEST)))
    .stop()
    .tick(300);
}

/** Moves nodes until no label is upon another, nor beyond the picture's sides. */
function spread(nodes: Node[], width: number): void {
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    for (const one of nodes) {
      const half = halfOf(one);
      one.x = Math.min(width - half, Math.max(half, one.x));
    }
    nodes.forEach((one, place) => {
      for (const other of nodes.slice(place + 1)) moved = apart(one, other) || moved;
    });
    if (!moved) return;
  }
}

/** Pushes two nodes from each other, upwards and downwards, if their labels meet. */
function apart(one: Node, other: Node): boolean {
  const height = LABEL + DOT + radius(one) + radius(other);
  const [across, along] = [halfOf(one) + halfOf(other) - Math.abs(one.x - other.x), height - Math.abs(one.y - other.y)];
  if (across <= 0 || along <= 0) return false;
  const [upper, lower] = one.y <= other.y ? [one, other] : [other, one];
  upper.y -= along / 2 + 0.5;
  lower.y += along / 2 + 0.5;
  return true;
}

function halfOf(one: Node): number {
  return (one.label.length * LETTER + GAP) / 2;
}

function radius(one: Node): number {
  return Math.min(11, 4 + one.degree);
}

function draw(nodes: Map<string, Node>, placed: Node[], links: Link[], width: number): SVGElement {
  const top = Math.min(...placed.map((one) => one.y)) - 40;
  const height = Math.max(...placed.map((one) => one.y)) + 20 - top;
  const svg = element("svg", { viewBox: `0 ${top} ${width} ${height}`, width, class: "network", role: "group" });
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
    const label = element("text", { x: one.x, y: one.y - radius(one) - 4, "text-anchor": "middle" });
    label.textContent = one.label;
    anchor.append(element("circle", { cx: one.x, cy: one.y, r: radius(one) }), label);
    svg.append(anchor);
  }
  return svg;
}
