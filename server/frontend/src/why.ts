/** "why?" unfolds the derivation where it stands; without a script it leads to the page of it. */

import { make, parse } from "./dom";

/** Lets each link of the class "why" in `place`, now and later, unfold what its page says. */
export function reasons(place: HTMLElement): void {
  place.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a.why");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void toggle(link);
  });
}

const unfolded = new WeakMap<HTMLAnchorElement, HTMLElement>();

async function toggle(link: HTMLAnchorElement): Promise<void> {
  const shown = unfolded.get(link);
  if (shown) {
    unfolded.delete(link);
    shown.remove();
    link.setAttribute("aria-expanded", "false");
    return;
  }
  const reason = make("div", { className: "unfolded" }, "…");
  reason.setAttribute("role", "status");
  unfolded.set(link, put(reason, link));
  link.setAttribute("aria-expanded", "true");
  try {
    const response = await fetch(link.href, { headers: { Accept: "text/html" } });
    const page = parse(await response.text());
    const answer = page.querySelector("[aria-labelledby=answer], .problem");
    answer?.querySelectorAll("#answer, .downloads").forEach((part) => part.remove());
    reason.replaceChildren(...(answer?.childNodes ?? []), whole(link));
  } catch {
    location.assign(link.href);
  }
}

/** Puts a reason after what it is of, and returns what to take away again. */
function put(reason: HTMLElement, link: HTMLAnchorElement): HTMLElement {
  const row = link.closest("tr");
  if (row) {
    const cell = make("td", { colSpan: row.cells.length }, reason);
    const added = make("tr", { className: "reason" }, cell);
    row.after(added);
    return added;
  }
  const place = link.closest("li, dd > span, p");
  if (place?.matches("li")) place.append(reason);
  else (place ?? link).after(reason);
  return reason;
}

function whole(link: HTMLAnchorElement): HTMLElement {
  return make("p", { className: "because" }, make("a", { href: link.href }, "On a page of its own"));
}
