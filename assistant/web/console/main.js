/** The console: its frame, its languages, and which view stands in it. */
import { h } from '../chat/dom.js';
import { Access } from './access.js';
import { ConsoleApi } from './api.js';
import { DocumentView } from './document.js';
import { DocumentsView } from './documents.js';
import { EditorView } from './editor.js';
import { GapsView } from './gaps.js';
import { PlaybooksView } from './playbooks.js';
import { RoomsView } from './rooms.js';
import { t } from './texts.js';
import { button, confirm, link, notice } from './ui.js';

const KEY = 'desk-language'; // the demo page's own: one choice holds for both
const SECTIONS = ['playbooks', 'documents', 'gaps', 'rooms'];
const VIEWS = {
  playbooks: { view: PlaybooksView, section: 'playbooks' },
  playbook: { view: EditorView, section: 'playbooks' },
  new: { view: EditorView, section: 'playbooks' },
  documents: { view: DocumentsView, section: 'documents' },
  document: { view: DocumentView, section: 'documents' },
  gaps: { view: GapsView, section: 'gaps' },
  rooms: { view: RoomsView, section: 'rooms' },
};

class App {
  #view = null;
  #shown = ''; // the address whose view stands there
  #turn = 0;
  #main = h('main', { id: 'content', tabindex: '-1' });
  #said = h('p', { class: 'unseen', role: 'status' });
  #frame = h('div', { class: 'frame' });
  #badge = h('span', { class: 'badge', hidden: true });

  constructor() {
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
    this.countGaps();
  }

  t(key, values) {
    return t(this.lang, key, values);
  }

  /** Tells screen readers; sighted people see it where it happened. */
  announce(words) {
    this.#said.textContent = '';
    requestAnimationFrame(() => (this.#said.textContent = words));
  }

  /** What the server said about a failure, or our own words for it. */
  why(error) {
    if (error.kind === 'offline') return this.t('offline');
    return error.detail || error.message || this.t('failed');
  }

  go(address) {
    location.hash = address;
  }

  /** The same view under another address, as after a first save. */
  moveTo(address) {
    history.replaceState(null, '', address);
    this.#shown = location.hash;
  }

  title(words) {
    document.title = `${words} · ${this.t('title')}`;
  }

  /** How many gaps are open, beside the section's name; left out where that may not be known. */
  async countGaps() {
    try {
      const { gaps, more } = await this.api.get('/api/gaps?limit=99', { quiet: true });
      const words = `${gaps.length}${more ? '+' : ''}`;
      this.#badge.replaceChildren(h('span', { 'aria-hidden': 'true' }, words), unseen(this.t('openGaps', { n: words })));
      this.#badge.hidden = gaps.length === 0;
    } catch {
      this.#badge.hidden = true;
    }
  }

  async #moved() {
    if (location.hash === this.#shown) return;
    const wanted = location.hash;
    if (this.#view?.unsaved && !(await this.#mayLeave())) {
      history.replaceState(null, '', this.#shown || '#/playbooks');
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
    const { name, id, query } = address();
    this.#view?.leave?.();
    this.#view = new VIEWS[name].view(this, { id, query });
    this.#draw();
    this.#main.replaceChildren(h('p', { class: 'wait' }, this.t('loading')));
    const node = await this.#made(this.#view);
    if (turn !== this.#turn) return;
    this.#main.replaceChildren(node);
    const heading = this.#main.querySelector('h1');
    this.title(heading?.textContent ?? this.t('console'));
    if (!focus) return;
    window.scrollTo(0, 0);
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({ preventScroll: true });
  }

  async #made(view) {
    try {
      return await view.node();
    } catch (error) {
      const again = button(this.t('again'), () => this.#open(true));
      return h('div', {}, h('h1', {}, this.t('failed')), notice(this.t('failed'), this.why(error), again));
    }
  }

  /** The bar and the sections, in the language of the moment. */
  #draw() {
    document.documentElement.lang = this.lang;
    const current = VIEWS[address().name].section;
    const sections = SECTIONS.map((name) =>
      h(
        'li',
        {},
        h(
          'a',
          { href: `#/${name}`, 'aria-current': name === current ? 'page' : null },
          this.t(name),
          name === 'gaps' ? this.#badge : null,
        ),
      ),
    );
    this.#frame.replaceChildren(
      h('a', { class: 'skip', href: '#content', on: { click: (event) => this.#skip(event) } }, this.t('skip')),
      h(
        'header',
        { class: 'bar' },
        h('p', { class: 'house' }, h('span', { class: 'name' }, 'Improv'), h('span', { class: 'desk' }, this.t('console'))),
        h('div', { class: 'bar-end' }, link(this.t('desk'), '/', { kind: 'bar-link' }), link(this.t('trainer'), '/trainer/', { kind: 'bar-link' }), this.#session(), this.#languages()),
      ),
      h('nav', { 'aria-label': this.t('sections') }, h('ul', {}, ...sections)),
    );
  }

  #session() {
    if (this.access.token === '') return null;
    const leave = () => {
      this.access.forget();
      this.announce(this.t('signedOut'));
      this.countGaps();
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
    this.countGaps();
    this.#frame.querySelector(`.languages [lang="${lang}"]`).focus();
    if (this.#view.speak) this.#main.replaceChildren(this.#view.speak());
    else await this.#open(false);
    this.title(this.#main.querySelector('h1')?.textContent ?? this.t('console'));
  }

  #skip(event) {
    event.preventDefault();
    this.#main.focus();
  }
}

function unseen(words) {
  return h('span', { class: 'unseen' }, words);
}

/** `#/document/a%2Fb?x=y` → its parts; what is unknown leads to the playbooks. */
function address() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [name, id = ''] = path.split('/');
  const known = Object.hasOwn(VIEWS, name) ? name : 'playbooks';
  return { name: known, id: decoded(id), query: new URLSearchParams(query ?? '') };
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

new App().start();
