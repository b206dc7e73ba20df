/** What is at hand, for the duty manager's phone: see it, set it, give back what was kept. */
import { h } from '../chat/dom.js';
import { Access } from '../console/access.js';
import { ConsoleApi } from '../console/api.js';
import { button, link, notice } from '../console/ui.js';
import { Row } from './row.js';
import { inLang, t, timeOf } from './texts.js';

const LANGUAGE = 'desk-language'; // the demo page's own: one choice holds for all pages
const SITE = 'improv-site';
const AGAIN_MS = 20_000;
const KINDS = {
  all: () => true,
  person: (kind) => kind === 'person',
  place: (kind) => kind === 'place',
  thing: (kind) => kind === 'item' || kind === 'equipment',
  service: (kind) => kind === 'service',
  voucher: (kind) => kind === 'voucher' || kind === 'gift',
  partner: (kind) => kind === 'partner',
};

class Page {
  #rows = new Map();
  #sites = [];
  #site = '';
  #kind = 'all';
  #promises = [];
  #said = h('p', { class: 'unseen', role: 'status' });
  #frame = h('div', { class: 'frame' });
  #main = h('main', { id: 'content', tabindex: '-1' });
  #wrong = h('div', { class: 'wrong-place' });
  #summary = h('p', { class: 'count' });
  #kinds = h('div', { class: 'choices', role: 'group' });
  #list = h('ul', { class: 'things', role: 'list' });
  #none = h('p', { class: 'wait', hidden: true });
  #kept = h('section', { class: 'kept-list', 'aria-labelledby': 'kept-title' });

  constructor() {
    this.lang = startingLanguage();
    this.now = '';
    this.access = new Access(() => this.lang, () => this.#draw());
    this.api = new ConsoleApi(this.access);
    document.body.append(this.#frame, this.#main, this.#said);
    document.addEventListener('visibilitychange', () => document.hidden || this.#refresh());
    setInterval(() => document.hidden || this.#refresh(), AGAIN_MS);
  }

  async start() {
    this.#draw();
    await this.#try(async () => {
      this.#sites = (await this.api.get('/api/sites')).sites;
      const wanted = new URLSearchParams(location.search).get('site') ?? remembered(SITE);
      const known = this.#sites.find(({ id }) => id === wanted) ?? this.#sites.find((site) => site.default) ?? this.#sites[0];
      this.#site = known.id;
      this.#draw();
      await this.#load();
    });
  }

  #t(key, values) {
    return t(this.lang, key, values);
  }

  announce(words) {
    this.#said.textContent = '';
    requestAnimationFrame(() => (this.#said.textContent = words));
  }

  get #path() {
    return `/api/sites/${encodeURIComponent(this.#site)}`;
  }

  async #load() {
    const { at, resources } = await this.api.get(`${this.#path}/resources`);
    this.now = at;
    const known = new Set(resources.map(({ id }) => id));
    for (const [id, row] of this.#rows) if (!known.has(id)) this.#remove(id, row);
    for (const line of resources) {
      const row = this.#rows.get(line.id);
      if (row) row.show(line);
      else this.#add(line);
    }
    this.#count();
    this.#filter();
    // Who may not see the promises still sees what is at hand; signing in happens with the first change.
    const held = await this.api.get(`${this.#path}/reservations`, { quiet: true }).catch(() => ({ reservations: [] }));
    this.#promises = held.reservations;
    this.#drawKept();
  }

  #add(line) {
    const row = new Row(this, line);
    this.#rows.set(line.id, row);
    this.#list.append(row.node);
  }

  #remove(id, row) {
    row.node.remove();
    this.#rows.delete(id);
  }

  async #refresh() {
    if (!this.#site || document.querySelector('dialog[open]')) return;
    await this.#load().catch(() => {}); // the next one may come through; a tap says what is wrong
  }

  setFor(row, status, minutes, words) {
    const until = minutes === null ? null : new Date(Date.parse(this.now) + minutes * 60_000).toISOString();
    return this.set(row, { status, until }, words);
  }

  /** One change; `fallback` follows where the first leaves it as it was (a file that says "not to be had"). */
  set(row, change, words, { fallback = null } = {}) {
    return this.#try(async () => {
      const path = `${this.#path}/resources/${encodeURIComponent(row.line.id)}`;
      let line = await this.api.patch(path, { ...change, version: row.line.version });
      if (fallback && line.status === 'off') line = await this.api.patch(path, { ...fallback, version: line.version });
      row.show(line);
      this.#count();
      this.announce(this.#t('done', { name: row.name, status: words }));
    });
  }

  #giveBack(promise, used) {
    return this.#try(async () => {
      await this.api.post(`${this.#path}/reservations/${promise.id}/release`, { used });
      await this.#load();
      this.announce(this.#t(used ? 'spent' : 'freed', { name: this.#nameOf(promise.resource) }));
      this.#main.querySelector('h1').focus();
    });
  }

  async #try(act) {
    this.#wrong.replaceChildren();
    try {
      await act();
    } catch (error) {
      const why = error.kind === 'offline' ? this.#t('offline') : error.detail || error.message;
      const again = button(this.#t('again'), () => this.#try(() => (this.#site ? this.#load() : this.start())));
      this.#wrong.replaceChildren(notice(this.#t('failed'), why, again));
      if (error.status === 409) await this.#load().catch(() => {});
    }
  }

  #nameOf(id) {
    return this.#rows.get(id)?.name ?? id;
  }

  #count() {
    const lines = [...this.#rows.values()].map((row) => row.line);
    const n = lines.filter(({ status }) => status === 'available').length;
    this.#summary.textContent = this.now ? this.#t('summary', { n, all: lines.length, time: this.now.slice(11, 16) }) : this.#t('loading');
  }

  #filter() {
    let shown = 0;
    for (const { node, line } of this.#rows.values()) {
      node.hidden = !KINDS[this.#kind](line.kind);
      shown += !node.hidden;
    }
    this.#none.hidden = shown > 0 || this.#rows.size === 0;
    this.#none.textContent = this.#t('none');
  }

  #draw() {
    document.documentElement.lang = this.lang;
    document.title = `${this.#t('title')} · Improv`;
    const bar = h(
      'header',
      { class: 'bar' },
      h('p', { class: 'house' }, h('span', { class: 'name' }, 'Improv'), h('span', { class: 'desk' }, this.#t('page'))),
      h('div', { class: 'bar-end' }, link(this.#t('console'), '/console/', { kind: 'bar-link' }), this.#session(), this.#languages()),
    );
    this.#frame.replaceChildren(h('a', { class: 'skip', href: '#content' }, this.#t('skip')), bar);
    const heading = h('h1', { tabindex: '-1' }, this.#t('title'));
    this.#main.replaceChildren(heading, this.#picker(), this.#summary, this.#wrong, this.#kept, this.#kinds, this.#list, this.#none);
    this.#drawKinds();
    this.#drawKept();
    this.#count();
    for (const row of this.#rows.values()) row.show(row.line);
  }

  #picker() {
    const select = h('select', { id: 'site', on: { change: () => this.#choose(select.value) } });
    for (const { id, name } of this.#sites) {
      select.append(h('option', { value: id, selected: id === this.#site }, inLang(name, this.lang)));
    }
    return h('div', { class: 'field' }, h('label', { for: 'site' }, this.#t('site')), select);
  }

  #choose(site) {
    this.#site = site;
    keep(SITE, site);
    for (const [id, row] of this.#rows) this.#remove(id, row);
    return this.#try(() => this.#load());
  }

  #drawKinds() {
    this.#kinds.setAttribute('aria-label', this.#t('kinds'));
    const press = (kind) => {
      this.#kind = kind;
      for (const choice of this.#kinds.children) choice.setAttribute('aria-pressed', String(choice.dataset.kind === kind));
      this.#filter();
    };
    this.#kinds.replaceChildren(
      ...Object.keys(KINDS).map((kind) =>
        button(this.#t(kind), () => press(kind), { kind: 'choice', 'data-kind': kind, 'aria-pressed': String(kind === this.#kind) }),
      ),
    );
  }

  #drawKept() {
    const rows = this.#promises.map((promise) => {
      const name = this.#nameOf(promise.resource);
      const words = this.#t('promise', { name, n: promise.quantity, time: timeOf(this.lang, inZone(promise.until, this.now), this.now) });
      return h(
        'li',
        {},
        h('span', {}, words),
        h(
          'span',
          { class: 'buttons' },
          button(this.#t('free'), () => this.#giveBack(promise, false), { label: `${this.#t('free')}: ${name}` }),
          button(this.#t('gone'), () => this.#giveBack(promise, true), { label: `${this.#t('gone')}: ${name}` }),
        ),
      );
    });
    this.#kept.hidden = rows.length === 0;
    this.#kept.replaceChildren(h('h2', { id: 'kept-title' }, this.#t('promised')), h('ul', { role: 'list' }, ...rows));
  }

  #session() {
    if (this.access.token === '') return null;
    return button(this.#t('signOut'), () => this.access.forget(), { kind: 'bar-link' });
  }

  #languages() {
    const choices = [['zh', '中文'], ['en', 'English']].map(([lang, name]) =>
      h('button', { type: 'button', lang, 'aria-pressed': String(lang === this.lang), on: { click: () => this.#speak(lang) } }, name),
    );
    return h('div', { class: 'languages', role: 'group', 'aria-label': this.#t('language') }, ...choices);
  }

  #speak(lang) {
    this.lang = lang;
    keep(LANGUAGE, lang);
    this.#draw();
    this.#frame.querySelector(`.languages [lang="${lang}"]`).focus();
  }
}

/** A moment of the server (UTC) as written in the zone of another moment. */
function inZone(moment, like) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(like) ?? [null, '+', '00', '00'];
  const shift = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return new Date(Date.parse(moment) + shift * 60_000).toISOString();
}

function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is forbidden here
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // It holds for this page all the same.
  }
}

function startingLanguage() {
  return (remembered(LANGUAGE) ?? navigator.language).startsWith('zh') ? 'zh' : 'en';
}

new Page().start();
