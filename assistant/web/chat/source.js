/** The panel that opens a citation: the document, with the quoted words marked. */
import { cycleFocus, freshId, h, icon } from './dom.js';
import { placeQuote } from './quote.js';
import { t } from './texts.js';

export class SourcePanel {
  #api;
  #opener = null;
  #shown = 0; // counts openings, so that a slow answer does not fill a later one
  #title = h('h2', { class: 'source-title', id: freshId('source') });
  #where = h('p', { class: 'source-where' });
  #text = h('div', { class: 'source-text', tabindex: '0', role: 'group' });
  #close = h('button', { type: 'button', class: 'tool' }, icon('close'));

  constructor(api) {
    this.#api = api;
    this.#text.setAttribute('aria-labelledby', this.#title.id);
    this.node = h(
      'dialog',
      { class: 'source', 'aria-labelledby': this.#title.id },
      h('div', { class: 'source-head' }, h('div', {}, this.#title, this.#where), this.#close),
      this.#text,
    );
    this.node.addEventListener('keydown', (event) => cycleFocus(event, this.node));
    this.node.addEventListener('close', () => this.#return());
    this.node.addEventListener('click', (event) => {
      if (event.target === this.node) this.node.close(); // the dimmed page around it
    });
    this.#close.addEventListener('click', () => this.node.close());
  }

  async open(source, lang, opener) {
    this.#shown += 1;
    const shown = this.#shown;
    this.#opener = opener;
    this.node.lang = lang;
    this.#close.setAttribute('aria-label', t(lang, 'close'));
    this.#head(lang, source);
    this.#text.replaceChildren(h('p', { class: 'wait' }, t(lang, 'loading')));
    this.node.showModal();
    this.#close.focus();
    const content = await this.#load(source, lang);
    if (shown !== this.#shown) return;
    this.#text.replaceChildren(...content);
    this.#text.querySelector('mark')?.scrollIntoView({ block: 'center' });
  }

  #return() {
    this.#shown += 1;
    this.#opener?.focus();
    this.#opener = null;
  }

  #head(lang, { title, locator, version }) {
    this.#title.textContent = title;
    const parts = [locator, version && t(lang, 'version', { version })];
    this.#where.textContent = parts.filter(Boolean).join(' · ');
  }

  async #load(source, lang) {
    try {
      const found = await this.#api.document(source.document, lang);
      this.#head(lang, { ...source, title: found.title ?? source.title, version: found.version });
      return sectionsOf(found.sections ?? [], source, lang);
    } catch {
      return quoteAlone(source, lang, 'unread');
    }
  }
}

function sectionsOf(sections, source, lang) {
  const place = placeQuote(sections, source);
  const nodes = sections.map((section, index) =>
    h(
      'section',
      {},
      h('h3', {}, section.locator),
      textOf(section.text, place?.index === index ? place.range : null, lang),
    ),
  );
  return place || !source.quote ? nodes : [...quoteAlone(source, lang, 'unplaced'), ...nodes];
}

function textOf(text, range, lang) {
  if (!range) return h('p', {}, text);
  const [start, end] = range;
  const mark = h('mark', { 'aria-label': t(lang, 'quoted') }, text.slice(start, end));
  return h('p', {}, text.slice(0, start), mark, text.slice(end));
}

function quoteAlone(source, lang, why) {
  return [
    h('p', { class: 'source-note' }, t(lang, why)),
    h('blockquote', { class: 'source-quote' }, source.quote ?? ''),
  ];
}
