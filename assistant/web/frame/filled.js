/** Words with values in them. */

/** `{n}` is the value of that name, `{n|card|cards}` the word that goes with it. */
export function filled(text, values = {}) {
  return text
    .replace(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g, (_, name, one, many) => (Number(values[name]) === 1 ? one : many))
    .replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}
