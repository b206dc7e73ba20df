/** One playbook as text: checked while it is written, tried before it is saved. */
import { h } from '../chat/dom.js';
import { langOf } from '../chat/texts.js';
import { Checks } from './checks.js';
import { helpPanel } from './help.js';
import { Preview } from './preview.js';
import { newText, withSignal } from './template.js';
import { inLang } from './texts.js';
import { button, confirm, facts, link, note, notice } from './ui.js';

export class EditorView {
  #app;
  #id; // the card that was opened, empty for a new one
  #query;
  #base = null; // the number of the version that a save would follow
  #opened = null; // the number of the version whose text was opened
  #saved = null; // the text as it is stored
  #area = h('textarea', { id: 'text', spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', 'aria-describedby': 'text-help' });
  #position = h('p', { class: 'position', 'aria-hidden': 'true' });
  #state = h('p', { class: 'state', role: 'status' });
  #wrong = h('div', { class: 'wrong-place' });
  #save = null;
  #saving = false;
  #checks;
  #preview;
  #place = null;

  constructor(app, { id, query }) {
    this.#app = app;
    this.#id = id;
    this.#query = query;
    this.#checks = new Checks(app, (line) => this.#toLine(line));
    this.#preview = new Preview(app, () => this.#area.value);
    this.#area.addEventListener('input', () => this.#changed());
    for (const event of ['keyup', 'click', 'select']) this.#area.addEventListener(event, () => this.#showPosition());
  }

  get unsaved() {
    return this.#area.value !== this.#saved;
  }

  async node() {
    if (this.#id) await this.#load();
    else this.#begin(newText(this.#query.get('signal')), null);
    this.#checks.now(this.#area.value);
    return this.speak();
  }

  leave() {
    this.#checks.leave();
  }

  async #load() {
    const path = `/api/playbooks/${encodeURIComponent(this.#id)}`;
    const number = this.#query.get('number');
    const active = await this.#app.api.get(path);
    const opened = number ? await this.#app.api.get(`${path}?number=${encodeURIComponent(number)}`) : active;
    this.#base = active.number;
    this.#opened = opened.number;
    const signal = this.#query.get('signal');
    this.#begin(signal ? withSignal(opened.text, signal) : opened.text, active.text);
  }

  #begin(text, saved) {
    // The browser writes line ends as one character; what is stored may have two.
    this.#saved = saved?.replaceAll('\r\n', '\n') ?? newText('');
    this.#area.value = text.replaceAll('\r\n', '\n');
    this.#area.setSelectionRange(0, 0);
  }

  /** The view in the language of the moment; the text and what was found about it stay. */
  speak() {
    const t = (...given) => this.#app.t(...given);
    this.#checks.speak();
    this.#preview.speak();
    this.#save = button(t(this.#base === null ? 'saveNew' : 'save'), () => this.save(), { kind: 'main' });
    this.#showState();
    this.#showPosition();
    const view = h(
      'div',
      { class: 'view editor' },
      link(t('back'), '#/playbooks', { kind: 'back' }),
      h('div', { class: 'head' }, h('div', {}, this.#heading(), this.#facts())),
      ...this.#notes(),
      this.#wrong,
      h(
        'div',
        { class: 'desk-space' },
        h(
          'div',
          { class: 'writing' },
          h('div', { class: 'label-line' }, h('label', { for: 'text' }, t('text')), this.#position),
          this.#area,
          h('p', { class: 'hint', id: 'text-help' }, t('textHelp')),
          h('div', { class: 'save-line' }, this.#save, this.#state),
        ),
        h('div', { class: 'aside' }, this.#checks.node, helpPanel(this.#app)),
      ),
      this.#preview.node,
    );
    view.addEventListener('keydown', (event) => this.#key(event));
    this.#place = view;
    return view;
  }

  #heading() {
    const title = this.#titleInText();
    return title.words ? h('h1', { lang: title.lang }, title.words) : h('h1', {}, this.#app.t(this.#id ? 'edit' : 'fresh'));
  }

  /** As written under `title:`; the check may not have been able to read the rest. */
  #titleInText() {
    if (!this.#id) return { words: '' };
    const block = /^title:\n((?: {2}\w+: .*\n?)+)/m.exec(this.#area.value)?.[1] ?? '';
    const found = Object.fromEntries([...block.matchAll(/^ {2}(\w+): (.*)$/gm)].map(([, lang, words]) => [lang, words.replace(/^(["'])(.*)\1$/, '$2')]));
    const { words } = inLang(found, this.#app.lang);
    return { words, lang: langOf(words) };
  }

  #facts() {
    if (!this.#id) return null;
    const page = `#/document/${encodeURIComponent(this.#id)}`;
    const n = this.#app.t('versionOf', { n: this.#base });
    return facts(h('code', {}, this.#id), n, link(this.#app.t('versionsAndDays'), page));
  }

  #notes() {
    const older = this.#opened !== null && this.#opened !== this.#base;
    return [
      older ? note(this.#app.t('olderVersion', { n: this.#opened })) : null,
      this.#query.get('signal') && this.unsaved ? note(this.#app.t('signalAdded')) : null,
    ].filter(Boolean);
  }

  #changed() {
    this.#checks.soon(this.#area.value);
    this.#preview.age();
    this.#showState();
    this.#showPosition();
  }

  #showState(words = this.#app.t(this.unsaved ? 'unsaved' : 'upToDate')) {
    if (this.#state.textContent !== words) this.#state.textContent = words;
  }

  #showPosition() {
    const { value, selectionStart } = this.#area;
    const line = value.slice(0, selectionStart).split('\n').length;
    this.#position.textContent = this.#app.t('position', { line, all: value.split('\n').length });
  }

  #toLine(number) {
    const lines = this.#area.value.split('\n');
    const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
    this.#area.focus();
    this.#area.setSelectionRange(start, start + (lines[number - 1] ?? '').length);
    // Lines are wrapped, so this is only about where it stands; the browser does the rest on typing.
    this.#area.scrollTop = (this.#area.scrollHeight * (number - 3)) / lines.length;
    this.#showPosition();
  }

  #key(event) {
    if (!(event.ctrlKey || event.metaKey)) return;
    if (event.key === 's') this.save();
    else if (event.key === 'Enter' && event.target === this.#area) this.#preview.run();
    else return;
    event.preventDefault();
  }

  async save() {
    if (this.#saving) return;
    this.#saving = true;
    this.#wrong.replaceChildren();
    this.#showState(this.#app.t('saving'));
    try {
      await this.#try();
    } catch (error) {
      this.#wrong.replaceChildren(notice(this.#app.t('failed'), this.#app.why(error), ...this.#wayOut(error)));
      this.#wrong.scrollIntoView({ block: 'nearest' });
    }
    this.#saving = false;
    if (this.unsaved) this.#showState();
  }

  async #try() {
    const text = this.#area.value;
    if (!(await this.#checks.now(text)) && this.#checks.id === '') {
      this.#checks.node.scrollIntoView({ block: 'nearest' });
      return;
    }
    const { id } = this.#checks;
    const other = this.#id !== '' && id !== this.#id;
    if (other && !(await this.#another(id))) return;
    const { number, status } = await this.#app.api.post('/api/playbooks', { text, base: other ? null : this.#base });
    this.#kept(id, text, number, status);
  }

  #another(id) {
    const t = (...given) => this.#app.t(...given);
    return confirm(this.#app, { title: t('otherId'), detail: t('otherIdWhy', { id, old: this.#id }), yes: t('saveNew') });
  }

  #kept(id, text, number, status) {
    this.#id = id;
    this.#base = number;
    this.#opened = number;
    this.#saved = text;
    this.#query = new URLSearchParams();
    this.#app.moveTo(`#/playbook/${encodeURIComponent(id)}`);
    const focused = document.activeElement;
    const fresh = this.#redrawn();
    this.#app.title(fresh.querySelector('h1').textContent);
    (focused === this.#area ? this.#area : this.#save).focus();
    this.#showState(this.#app.t(status === 'unchanged' ? 'savedSame' : 'saved', { n: number }));
  }

  #redrawn() {
    const old = this.#place;
    const [from, top] = [this.#area.selectionStart, this.#area.scrollTop];
    const fresh = this.speak();
    old.replaceWith(fresh);
    this.#area.setSelectionRange(from, from);
    this.#area.scrollTop = top;
    return fresh;
  }

  /** Somebody else saved it: their version can be opened beside this one. */
  #wayOut(error) {
    const CONFLICT = 409;
    if (error.status !== CONFLICT || !this.#checks.id) return [];
    const page = `/console/#/playbook/${encodeURIComponent(this.#checks.id)}`;
    return [link(this.#app.t('openDocument'), page, { target: '_blank', rel: 'noopener' })];
  }
}
