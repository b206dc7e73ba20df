/** The frame of a page: bar, sections, languages, and which view stands in it. */
import { h } from '../chat/dom.js';
import { Access } from '../console/access.js';
import { ConsoleApi } from '../console/api.js';
import { button, confirm, link, notice } from '../console/ui.js';
import { filled } from './filled.js';

const KEY = 'desk-language'; // the demo page's own: one choice holds for all pages

export class Frame {
  #options;
  #view = null;
  #shown = ''; // the address whose view stands there
  #turn = 0;
  #main = h('main', { id: 'content', tabindex: '-1' });
  #said = h('p', { class: 'unseen', role: 'status' });
  #frame = h('div', { class: 'frame' });

  /** `options`: texts {zh, en}, views {name: {view, section}}, sections, home (a view), links [[key, href]]. */
  constructor(options) {
    this.#options = options;
    this.lang = startingLanguage();
    this.access = new Access(() => this.lang, () => this.#draw());
    this.api = new ConsoleApi(this.access);
    document.body.append(this.#frame, this.#main, this.#said);
    window.addEventListener('hashchange', () => this.#moved());
    window.addEventListener('beforeunload', (event) => this.#view?.unsaved && event.preventDefault());
  }

  start() {
    this.#draw();
    this.#open(false);
  }

  /** What stands beside the name of a section. */
  beside(_section) {
    return null;
  }

  /** Called when the reader signed out, or chose another language. */
  changed() {}

  t(key, values) {
    return filled(this.#options.texts[this.lang][key], values);
  }

  /** Tells screen readers, in the language of the words. */
  announce(words, lang = this.lang) {
    this.#said.textContent = '';
    this.#said.lang = lang;
    requestAnimationFrame(() => (this.#said.textContent = words));
  }

  /** What the server said about a failure, or our own words for it. */
  why(error) {
    if (error.kind === 'offline') return this.t('offline');
    return error.detail || error.message || this.t('failed');
  }

  go(address) {
    if (location.hash === address) this.#open(true);
    else location.hash = address;
  }

  /** The same view under another address, as after a first save. */
  moveTo(address) {
    history.replaceState(null, '', address);
    this.#shown = location.hash;
  }

  title(words) {
    document.title = `${words} · ${this.t('title')} · Improv`;
  }

  async #moved() {
    if (location.hash === this.#shown) return;
    const wanted = location.hash;
    if (this.#view?.unsaved && !(await this.#mayLeave())) {
      history.replaceState(null, '', this.#shown || `#/${this.#options.home}`);
      return;
    }
    if (location.hash !== wanted) history.replaceState(null, '', wanted);
    this.#open(true);
  }

  #mayLeave() {
    const words = { title: this.t('leaveAsk'), detail: this.t('leaveWhy'), yes: this.t('leave'), danger: true };
    return confirm(this, words);
  }

  async #open(focus) {
    this.#turn += 1;
    const turn = this.#turn;
    this.#shown = location.hash;
    const { name, id, query } = this.#address();
    this.#view?.leave?.();
    this.#view = new this.#options.views[name].view(this, { id, query });
    this.#draw();
    this.#main.replaceChildren(h('p', { class: 'wait' }, this.t('loading')));
    const node = await this.#made(this.#view);
    if (turn !== this.#turn) return;
    this.#main.replaceChildren(node);
    const heading = this.#main.querySelector('h1');
    this.title(heading?.textContent ?? this.t('title'));
    this.#view.shown?.();
    if (!focus || this.#main.contains(document.activeElement)) return;
    window.scrollTo(0, 0);
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({ preventScroll: true });
  }

  async #made(view) {
    try {
      return await view.node();
    } catch (error) {
      const again = button(this.t('again'), () => this.#open(true));
      const home = link(this.t('toStart'), `#/${this.#options.home}`, { kind: 'plain' });
      const buttons = h('div', { class: 'buttons' }, again, home);
      return h('div', { class: 'view' }, h('h1', {}, this.t('failed')), notice(this.t('failed'), this.why(error), buttons));
    }
  }

  /** The bar and the sections, in the language of the moment. */
  #draw() {
    document.documentElement.lang = this.lang;
    const links = this.#options.links.map(([key, href]) => link(this.t(key), href, { kind: 'bar-link' }));
    this.#frame.replaceChildren(
      h('a', { class: 'skip', href: '#content', on: { click: (event) => this.#skip(event) } }, this.t('skip')),
      h(
        'header',
        { class: 'bar' },
        h('p', { class: 'house' }, h('span', { class: 'name' }, 'Improv'), h('span', { class: 'desk' }, this.t('title'))),
        h('div', { class: 'bar-end' }, ...links, this.#session(), this.#languages()),
      ),
      this.#sections() ?? '',
    );
  }

  #sections() {
    const { sections, views } = this.#options;
    if (sections.length < 2) return null;
    const current = views[this.#address().name].section;
    const items = sections.map((name) => {
      const here = name === current ? 'page' : null;
      return h('li', {}, h('a', { href: `#/${name}`, 'aria-current': here }, this.t(name), this.beside(name)));
    });
    return h('nav', { 'aria-label': this.t('sections') }, h('ul', {}, ...items));
  }

  #session() {
    if (this.access.token === '' || this.#options.sections.length < 2) return null;
    const leave = () => {
      this.access.forget();
      this.announce(this.t('signedOut'));
      this.changed();
    };
    return button(this.t('signOut'), leave, { kind: 'bar-link' });
  }

  #languages() {
    const choices = [['zh', '中文'], ['en', 'English']].map(([lang, name]) =>
      h('button', {
        type: 'button',
        lang,
        'aria-pressed': String(lang === this.lang),
        on: { click: () => this.#speak(lang) },
      }, name),
    );
    return h('div', { class: 'languages', role: 'group', 'aria-label': this.t('language') }, ...choices);
  }

  async #speak(lang) {
    if (lang === this.lang) return;
    this.lang = lang;
    try {
      localStorage.setItem(KEY, lang);
    } catch {
      // Spoken all the same, only not remembered.
    }
    this.#draw();
    this.changed();
    this.#frame.querySelector(`.languages [lang="${lang}"]`).focus();
    // A view that keeps what was typed says itself anew; the others are opened anew.
    if (this.#view.speak) this.#main.replaceChildren(this.#view.speak());
    else await this.#open(false);
    this.title(this.#main.querySelector('h1')?.textContent ?? this.t('title'));
  }

  #skip(event) {
    event.preventDefault();
    this.#main.focus();
  }

  /** `#/play/a%2Fb?x=y` → its parts; what is unknown leads home. */
  #address() {
    const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
    const [name, id = ''] = path.split('/');
    const known = Object.hasOwn(this.#options.views, name) ? name : this.#options.home;
    return { name: known, id: decoded(id), query: new URLSearchParams(query ?? '') };
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function startingLanguage() {
  let kept = null;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    // Storage is forbidden here: begin with the browser's language.
  }
  return (kept ?? navigator.language).startsWith('zh') ? 'zh' : 'en';
}
