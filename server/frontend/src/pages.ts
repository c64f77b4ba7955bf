/** What every page does better with a script: search while typing, reasons unfolded, a network explored. */

import { explore } from "./explore";
import { suggestions } from "./search";
import { reasons } from "./why";

document.querySelectorAll<HTMLFormElement>("form[role=search]").forEach(suggestions);
reasons(document.body);
document.querySelectorAll<SVGSVGElement>("svg.network").forEach(explore);
