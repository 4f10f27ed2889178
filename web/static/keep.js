/**
 * What a browser keeps for a page. A private window, a full disk or a strict setting may keep nothing: then it is
 * kept as long as the page lives, and nobody needs to know.
 */

/** @typedef {Pick<Storage, "getItem"|"setItem"|"removeItem">} Store */
/** @typedef {ReturnType<typeof createKeep>} Keep */

/** @param {() => Store} open asked each time: where storage is forbidden, asking for it throws */
export function createKeep(open) {
  /** @type {Map<string, string>} what the browser would not take */
  const here = new Map();
  const keep = {
    /** @param {string} name */
    read(name) {
      try {
        return here.get(name) ?? open().getItem(name);
      } catch {
        return null;
      }
    },
    /** @param {string} name @param {string} text */
    write(name, text) {
      try {
        open().setItem(name, text);
        here.delete(name);
      } catch {
        here.set(name, text);
      }
    },
    /** @param {string} name */
    forget(name) {
      here.delete(name);
      try {
        open().removeItem(name);
      } catch {
        return; // nothing was kept there
      }
    },
    /** What was kept as JSON; null: nothing, or something spoilt. @param {string} name @returns {unknown} */
    recall(name) {
      try {
        return JSON.parse(keep.read(name) ?? "null");
      } catch {
        return null;
      }
    },
    /** @param {string} name @param {unknown} value */
    note(name, value) {
      keep.write(name, JSON.stringify(value));
    },
  };
  return keep;
}

/** For good. */
export const kept = createKeep(() => localStorage);
/** Over a reload of the page, gone with its window. */
export const keptHere = createKeep(() => sessionStorage);
