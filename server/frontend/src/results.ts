/** The page of a saved query: its result in other views. */

import "./results.css";

import { views } from "./views";

const outcome = document.querySelector<HTMLElement>("#outcome");
if (outcome) {
  const links = [...outcome.querySelectorAll<HTMLAnchorElement>(".downloads a[data-format]")];
  const addresses = new Map(links.map((link) => [link.dataset.format ?? "", link.href.replace(/&download=1\b/, "")]));
  views(
    outcome,
    links.map((link) => [link.dataset.format ?? "", link.textContent ?? ""]),
    (format, signal) => fetch(addresses.get(format) ?? "", { signal: signal ?? null }),
  );
}
