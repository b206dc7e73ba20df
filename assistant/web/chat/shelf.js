/**
 * The sources of one card, numbered in the order in which they came. A source keeps its number
 * when refined advice comes with its own ids for the same passages.
 */
export class Shelf {
  #entries = [];

  get entries() {
    return this.#entries;
  }

  /** Takes in one advice's sources; the answer looks up that advice's ids. */
  take(sources) {
    const byId = new Map((sources ?? []).map((source) => [source.id, this.#entry(source)]));
    return (ids) => (ids ?? []).map((id) => byId.get(id)).filter(Boolean);
  }

  /** `[{title, version, lang, entries}]`, one for each document. */
  documents() {
    const groups = new Map();
    for (const entry of this.#entries) {
      const { document, title, version } = entry.source;
      if (!groups.has(document)) groups.set(document, { title, version, entries: [] });
      groups.get(document).entries.push(entry);
    }
    return [...groups.values()];
  }

  #entry(source) {
    const key = JSON.stringify([source.document, source.locator, source.quote]);
    const known = this.#entries.find((entry) => entry.key === key);
    if (known) return known;
    const entry = { key, number: this.#entries.length + 1, source };
    this.#entries.push(entry);
    return entry;
  }
}
