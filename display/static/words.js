/** A wall speaks to all at once: Vietnamese large, English small beside it. */

import { FIRST, saying } from "/static/web/words.js";

export const say = saying(FIRST);
export const sayBeside = saying("en");
