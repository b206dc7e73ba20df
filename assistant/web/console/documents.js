/** All documents, to search and to open, and the place where new ones come in. */
import { h } from '../chat/dom.js';
import { langOf } from '../chat/texts.js';
import { Listing, holdsAll } from './listing.js';
import { daysOf, momentOf } from './texts.js';
import { facts, link, tag } from './ui.js';
import { Uploads } from './upload.js';

const CONCEALED = new Set(['hidden', 'order']);

export class DocumentsView {
  #app;
  #documents = [];

  constructor(app) {
    this.#app = app;
  }

  async node() {
    await this.#load();
    const t = (...given) => this.#app.t(...given);
    const listing = new Listing(this.#app, {
      label: t('searchDocuments'),
      items: () => this.#documents,
      matches: (document, words) => holdsAll(words, document.id, document.title),
      row: (document) => this.#row(document),
    });
    this.uploads ??= new Uploads(this.#app, async () => {
      await this.#load();
      listing.update();
    });
    return h(
      'div',
      { class: 'view' },
      h('div', { class: 'head' }, h('div', {}, h('h1', {}, t('documents')), h('p', { class: 'lead' }, t('documentsLead')))),
      this.uploads.node,
      listing.node,
    );
  }

  /** Files still on their way would be lost with the page. */
  get unsaved() {
    return this.uploads?.busy ?? false;
  }

  /** A company's own documents first, the newest at the top. */
  async #load() {
    const { documents } = await this.#app.api.get('/api/documents');
    const own = (document) => (document.origin === 'ingested' ? 0 : 1);
    const newest = (one, other) => other.added_at.localeCompare(one.added_at);
    this.#documents = documents.toSorted(
      (one, other) => own(one) - own(other) || (own(one) === 0 ? newest(one, other) : one.id.localeCompare(other.id)),
    );
  }

  #row(document) {
    const t = (...given) => this.#app.t(...given);
    const { lang } = this.#app;
    const limited = document.valid_from || document.valid_until;
    return h(
      'li',
      { class: 'row' },
      h(
        'div',
        { class: 'row-head' },
        link(document.title, `#/document/${encodeURIComponent(document.id)}`, { kind: 'row-link', lang: langOf(document.title) }),
        this.#tags(document),
      ),
      facts(
        h('code', {}, document.id),
        t(`kind_${document.kind}`),
        t('passagesCount', { n: document.passages }),
        document.kind === 'document' && document.playbooks > 0 && t('cardsCount', { n: document.playbooks }),
        document.origin === 'ingested' && t('addedOn', { when: momentOf(lang, document.added_at) }),
        limited && daysOf(lang, document),
      ),
    );
  }

  #tags(document) {
    const { origin, applies, remarks } = document;
    const concealed = remarks.some(({ kind }) => CONCEALED.has(kind));
    return h(
      'span',
      { class: 'tags' },
      concealed ? tag(this.#app.t('hiddenShort'), 'danger') : null,
      !concealed && remarks.length ? tag(this.#app.t('remarksShort', { n: remarks.length }), 'wait') : null,
      origin === 'ingested' ? tag(this.#app.t('own'), 'own') : null,
      applies ? null : tag(this.#app.t('notToday'), 'wait'),
    );
  }
}
