/** A list that can be searched as one types, with what the texts themselves say beneath it. */
import { h } from '../chat/dom.js';
import { langOf } from '../chat/texts.js';
import { field, later, link } from './ui.js';

const WAIT_MS = 300;
const SHORTEST = 2;
const PASSAGES = 5;
const SHOWN = 220;

export class Listing {
  #app;
  #options;
  #rows = h('ul', { class: 'rows', role: 'list' });
  #count = h('p', { class: 'count', role: 'status' });
  #found = h('section', { class: 'found', hidden: true });
  #input = h('input', { type: 'search', autocomplete: 'off' });
  #turn = 0;
  #search = later((query) => this.#inTexts(query), WAIT_MS);

  /** `options`: label, items(), matches(item, words), row(item), more filters as `controls`. */
  constructor(app, options) {
    this.#app = app;
    this.#options = options;
    this.#input.addEventListener('input', () => this.update());
    const controls = h('div', { class: 'controls', role: 'search' }, field(options.label, this.#input), ...(options.controls ?? []));
    this.node = h('div', { class: 'listing' }, controls, this.#count, this.#rows, this.#found);
    this.update();
  }

  update() {
    const query = this.#input.value.trim();
    const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const items = this.#options.items();
    const matching = items.filter((item) => this.#options.matches(item, words));
    this.#rows.replaceChildren(...matching.map((item) => this.#options.row(item)));
    this.#count.textContent = matching.length
      ? this.#app.t('count', { n: matching.length, all: items.length })
      : this.#app.t('none');
    if (query.length >= SHORTEST) this.#search(query);
    else this.#hide();
  }

  #hide() {
    this.#search.stop();
    this.#turn += 1;
    this.#found.hidden = true;
  }

  async #inTexts(query) {
    this.#turn += 1;
    const turn = this.#turn;
    let passages = [];
    try {
      passages = await this.#app.api.get(`/api/search?${new URLSearchParams({ q: query, k: PASSAGES })}`, { quiet: true });
    } catch {
      // The list of names stands without it.
    }
    if (turn !== this.#turn) return;
    this.#found.hidden = passages.length === 0;
    const rows = passages.map((passage) => this.#passage(passage));
    this.#found.replaceChildren(h('h2', {}, this.#app.t('inTexts')), h('ul', { role: 'list' }, ...rows));
  }

  #passage({ document, title, locator, text }) {
    const lang = langOf(text);
    const short = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
    return h(
      'li',
      {},
      link(title, `#/document/${encodeURIComponent(document)}`, { lang: langOf(title) }),
      h('span', { class: 'where', lang: langOf(locator) }, locator),
      h('p', { lang }, short),
    );
  }
}

/** Whether every word stands somewhere in the texts. */
export function holdsAll(words, ...texts) {
  const whole = texts.join('\n').toLocaleLowerCase();
  return words.every((word) => whole.includes(word));
}
