/** What every page does better with a script: search while typing, reasons unfolded in place. */

import { suggestions } from "./search";
import { reasons } from "./why";

document.querySelectorAll<HTMLFormElement>("form[role=search]").forEach(suggestions);
reasons(document.body);
