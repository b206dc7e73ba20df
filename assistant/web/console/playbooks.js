/** All playbooks, to search and to open. */
import { h } from '../chat/dom.js';
import { nameOf } from '../chat/names.js';
import { Listing, holdsAll } from './listing.js';
import { SECTORS, inLang, sectorName } from './texts.js';
import { facts, field, link, tag } from './ui.js';

export class PlaybooksView {
  #app;
  #sector = '';

  constructor(app) {
    this.#app = app;
  }

  async node() {
    const { playbooks } = await this.#app.api.get('/api/playbooks');
    const t = (...given) => this.#app.t(...given);
    const { lang } = this.#app;
    const sorted = playbooks.toSorted((one, other) => one.id.localeCompare(other.id));
    const listing = new Listing(this.#app, {
      label: t('searchPlaybooks'),
      items: () => sorted,
      matches: (card, words) =>
        (!this.#sector || card.sectors.includes(this.#sector)) &&
        holdsAll(words, card.id, ...Object.values(card.title), card.document, ...card.sectors.map((s) => sectorName(lang, s))),
      row: (card) => this.#row(card),
      controls: [this.#sectors(() => listing.update())],
    });
    return h(
      'div',
      { class: 'view' },
      h(
        'div',
        { class: 'head' },
        h('div', {}, h('h1', {}, t('playbooks')), h('p', { class: 'lead' }, t('playbooksLead'))),
        link(t('newPlaybook'), '#/new', { kind: 'main' }),
      ),
      listing.node,
    );
  }

  #sectors(onChange) {
    const { lang } = this.#app;
    const names = Object.keys(SECTORS).map((sector) => h('option', { value: sector }, sectorName(lang, sector)));
    const select = h('select', {}, h('option', { value: '' }, this.#app.t('allSectors')), ...names);
    select.addEventListener('change', () => {
      this.#sector = select.value;
      onChange();
    });
    return field(this.#app.t('sector'), select);
  }

  #row(card) {
    const t = (...given) => this.#app.t(...given);
    const { lang } = this.#app;
    const title = inLang(card.title, lang);
    const own = card.document === card.id;
    const target = own ? `#/playbook/${encodeURIComponent(card.id)}` : `#/document/${encodeURIComponent(card.document)}`;
    const signals = Object.values(card.signals).reduce((sum, n) => sum + n, 0);
    return h(
      'li',
      { class: 'row' },
      h('div', { class: 'row-head' }, link(title.words, target, { kind: 'row-link', lang: title.lang }), this.#tags(card)),
      facts(
        own ? h('code', {}, card.id) : t('from', { document: card.document }),
        card.sectors.map((sector) => sectorName(lang, sector)).join(lang === 'zh' ? '、' : ', '),
        t('actionsCount', { n: card.actions }),
        t('signalsCount', { n: signals }),
        card.versions > 1 && t('versionsCount', { n: card.versions }),
      ),
    );
  }

  #tags(card) {
    const { lang } = this.#app;
    return h(
      'span',
      { class: 'tags' },
      card.hazard === 'none' ? null : tag(nameOf(lang, card.hazard), 'danger'),
      card.origin === 'ingested' ? tag(this.#app.t(card.versions > 1 ? 'edited' : 'own'), 'own') : null,
      card.applies ? null : tag(this.#app.t('notToday'), 'wait'),
    );
  }
}
