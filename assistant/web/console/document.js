/** One document: its days, its versions, what was left out of it, its passages. */
import { h } from '../chat/dom.js';
import { langOf } from '../chat/texts.js';
import { documentPath } from './api.js';
import { remarkList } from './remarks.js';
import { daysOf, momentOf } from './texts.js';
import { button, confirm, facts, field, link, note, notice, tag } from './ui.js';

export class DocumentView {
  #app;
  #id;
  #path;
  #info = null;
  #versions = [];
  #wrong = h('div', { class: 'wrong-place' });
  #texts = h('section', { class: 'panel passages', 'aria-labelledby': 'passages-title' });

  constructor(app, { id }) {
    this.#app = app;
    this.#id = id;
    this.#path = documentPath(id);
  }

  async node() {
    await this.#load();
    const t = (...given) => this.#app.t(...given);
    const { title, remarks } = this.#info;
    this.#showPassages((await this.#app.api.get(this.#path)).sections);
    return h(
      'div',
      { class: 'view' },
      link(t('back'), this.#playbook ? '#/playbooks' : '#/documents', { kind: 'back' }),
      h('div', { class: 'head' }, h('div', {}, h('h1', { lang: langOf(title) }, title), this.#facts()), this.#edit()),
      this.#wrong,
      remarks.length ? h('section', { class: 'panel left-out' }, h('h2', {}, t('remarks')), remarkList(this.#app, remarks)) : null,
      h('div', { class: 'halves' }, this.#versionPanel(), this.#dayPanel()),
      this.#texts,
      this.#removal(),
    );
  }

  get #playbook() {
    return this.#info.kind === 'playbook';
  }

  async #load() {
    const [{ documents }, { versions }] = await Promise.all([
      this.#app.api.get('/api/documents'),
      this.#app.api.get(`${this.#path}/versions`),
    ]);
    this.#info = documents.find(({ id }) => id === this.#id);
    this.#versions = versions.toReversed();
  }

  #facts() {
    const t = (...given) => this.#app.t(...given);
    const { id, kind, origin, number, passages, playbooks, applies, added_at: added } = this.#info;
    return facts(
      h('code', {}, id),
      t(`kind_${kind}`),
      t(origin === 'shipped' ? 'shipped' : 'own'),
      t('versionOf', { n: number }),
      t('addedOn', { when: momentOf(this.#app.lang, added) }),
      t('passagesCount', { n: passages }),
      kind === 'document' && t('cardsCount', { n: playbooks }),
      applies ? null : tag(t('notToday'), 'wait'),
    );
  }

  #edit() {
    if (!this.#playbook) return null;
    return link(this.#app.t('editText'), `#/playbook/${encodeURIComponent(this.#id)}`, { kind: 'main' });
  }

  #versionPanel() {
    const rows = this.#versions.map((version) => this.#version(version));
    return h(
      'section',
      { class: 'panel', 'aria-labelledby': 'versions-title' },
      h('h2', { id: 'versions-title' }, this.#app.t('versions')),
      h('ol', { class: 'versions', role: 'list' }, ...rows),
    );
  }

  #version(version) {
    const t = (...given) => this.#app.t(...given);
    const { number: n, status, added_at: added, version: said } = version;
    const text = `#/playbook/${encodeURIComponent(this.#id)}?number=${n}`;
    return h(
      'li',
      { class: `version ${status}` },
      h(
        'div',
        {},
        h('p', {}, h('strong', {}, t('versionOf', { n })), ' ', tag(t(status), status === 'active' ? 'own' : '')),
        facts(said, momentOf(this.#app.lang, added), daysOf(this.#app.lang, version)),
      ),
      h(
        'div',
        { class: 'buttons' },
        button(t('view'), () => this.#view(n), { label: t('viewVersion', { n }) }),
        this.#playbook ? link(t('openAsText'), text, { kind: 'plain', 'aria-label': t('openVersionAsText', { n }) }) : null,
        status === 'active' ? null : button(t('activate'), () => this.#activate(n), { label: t('activateVersion', { n }) }),
      ),
    );
  }

  #dayPanel() {
    const t = (...given) => this.#app.t(...given);
    const first = h('input', { type: 'date', value: this.#info.valid_from ?? '' });
    const last = h('input', { type: 'date', value: this.#info.valid_until ?? '' });
    const now = h('p', { class: 'days-now' }, daysOf(this.#app.lang, this.#info));
    const form = h(
      'form',
      {},
      h('div', { class: 'pair' }, field(t('validFrom'), first), field(t('validUntil'), last)),
      h('div', { class: 'buttons' }, h('button', { class: 'plain' }, t('saveDays'))),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#try(async () => {
        const days = { valid_from: first.value || null, valid_until: last.value || null };
        const saved = await this.#app.api.put(`${this.#path}/validity`, days);
        now.textContent = daysOf(this.#app.lang, saved);
        this.#app.announce(t('daysSaved', { days: now.textContent }));
      });
    });
    return h('section', { class: 'panel' }, h('h2', {}, t('inForce')), now, form);
  }

  #showPassages(sections, number = null) {
    const words = number ? this.#app.t('passagesOf', { n: number }) : this.#app.t('passages');
    const title = h('h2', { id: 'passages-title', tabindex: '-1' }, words);
    const entries = sections.map(({ locator, text }) =>
      h('div', {}, h('h3', { lang: langOf(locator) }, locator), h('p', { lang: langOf(text) }, text)),
    );
    this.#texts.replaceChildren(title, ...entries);
    return title;
  }

  #view(number) {
    return this.#try(async () => {
      const { sections } = await this.#app.api.get(`${this.#path}/versions/${number}`);
      const title = this.#showPassages(sections, number);
      title.focus();
      title.scrollIntoView({ block: 'start' });
    });
  }

  async #activate(number) {
    const t = (...given) => this.#app.t(...given);
    const words = { title: t('activateAsk', { n: number }), detail: t('activateWhy'), yes: t('activate') };
    if (!(await confirm(this.#app, words))) return;
    await this.#try(async () => {
      await this.#app.api.post(`${this.#path}/active`, { number });
      await this.#again();
      this.#app.announce(t('activated', { n: number }));
    });
  }

  async #again() {
    const place = this.#wrong.closest('.view');
    this.#wrong = h('div', { class: 'wrong-place' });
    const fresh = await this.node();
    place.replaceWith(fresh);
    const heading = fresh.querySelector('#versions-title');
    heading.setAttribute('tabindex', '-1');
    heading.focus();
  }

  #removal() {
    const t = (...given) => this.#app.t(...given);
    if (this.#info.origin === 'shipped') return note(t('shippedStays'));
    return h('div', { class: 'removal' }, button(t('remove'), () => this.#remove(), { kind: 'plain danger' }));
  }

  async #remove() {
    const t = (...given) => this.#app.t(...given);
    const { title } = this.#info;
    const stood = this.#versions.some(({ origin }) => origin === 'shipped');
    const detail = [t('removeWhy'), stood && t('removeBack')].filter(Boolean).join(' ');
    if (!(await confirm(this.#app, { title: t('removeAsk', { title }), detail, yes: t('remove'), danger: true }))) return;
    await this.#try(async () => {
      await this.#app.api.remove(this.#path);
      this.#app.go(this.#playbook ? '/playbooks' : '/documents');
      this.#app.announce(t('removed', { title }));
    });
  }

  async #try(act) {
    this.#wrong.replaceChildren();
    try {
      await act();
    } catch (error) {
      this.#wrong.replaceChildren(notice(this.#app.t('failed'), this.#app.why(error)));
      this.#wrong.scrollIntoView({ block: 'nearest' });
    }
  }
}
