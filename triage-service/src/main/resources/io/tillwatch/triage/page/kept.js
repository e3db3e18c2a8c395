// What this tab remembers of the person at it: name and token.

/** Kept for this tab alone, and gone with it; until the page is left, where the browser lets it store nothing. */
const memory = new Map();
export const kept = {
  get(name) {
    try {
      return memory.get(name) ?? sessionStorage.getItem(`tillwatch.${name}`) ?? '';
    } catch {
      return '';
    }
  },
  set(name, value) {
    memory.set(name, value);
    try {
      if (value) {
        sessionStorage.setItem(`tillwatch.${name}`, value);
      } else {
        sessionStorage.removeItem(`tillwatch.${name}`);
      }
    } catch {
      // What is in memory serves until the page is left.
    }
  },
};
