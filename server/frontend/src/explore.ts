/** The network of roles and skills, explored: a picked node keeps its lines, and is told in words. */

import { make } from "./dom";

interface Line {
  stated: boolean;
  ends: SVGGElement[];
}

/** Lets the dots of a network be picked, one after the other. */
export function explore(net: SVGSVGElement): void {
  const nodes = [...net.querySelectorAll<SVGGElement>(".node")];
  const lines = linesOf(net, nodes);
  const told = make("p", { className: "told", hidden: true });
  told.setAttribute("role", "status");
  (net.closest(".scroll") ?? net).after(told);
  let picked: SVGGElement | null = null;
  const pick = (node: SVGGElement | null): void => {
    picked = picked === node ? null : node;
    const own = lines.filter((line) => picked && line.ends.includes(picked));
    const near = new Set(own.flatMap((line) => line.ends));
    net.classList.toggle("picked", picked !== null);
    for (const one of nodes) {
      one.classList.toggle("near", near.has(one));
      one.classList.toggle("chosen", one === picked);
    }
    told.hidden = picked === null;
    told.textContent = picked ? sentence(picked, own) : "";
  };
  for (const node of nodes) node.querySelector("circle")?.addEventListener("click", () => pick(node));
  net.addEventListener("click", (event) => {
    if (event.target === net) pick(null);
  });
}

function linesOf(net: SVGSVGElement, nodes: SVGGElement[]): Line[] {
  return [...net.querySelectorAll<SVGPathElement>(".links path")].map((path) => ({
    stated: !path.classList.contains("follows"),
    ends: nodes.filter((node) => node.querySelector(`.over use[href="#${path.id}"]`)),
  }));
}

function sentence(node: SVGGElement, own: Line[]): string {
  const names = (stated: boolean): string =>
    own
      .filter((line) => line.stated === stated)
      .flatMap((line) => line.ends.filter((end) => end !== node).map(nameOf))
      .join(", ");
  const parts = [names(true), names(false) && `and by reasoning ${names(false)}`].filter(Boolean);
  return `${nameOf(node)}: ${parts.join("; ")}.`;
}

function nameOf(node: SVGGElement): string {
  return node.querySelector("text")?.textContent ?? "";
}
