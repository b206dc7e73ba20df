/** What is wrong with the text, while it is written: asked for when the typing pauses. */
import { h } from '../chat/dom.js';
import { button, later } from './ui.js';

const WAIT_MS = 500;

export class Checks {
  #app;
  #onLine;
  #list = h('ol', { class: 'notes', role: 'list' });
  #summary = h('p', { class: 'summary', role: 'status' });
  #turn = 0;
  #last = null;
  #soon = later((text) => this.now(text), WAIT_MS);
  #heading = h('h2', { id: 'check-title' });
  node = h('section', { class: 'panel check', 'aria-labelledby': 'check-title' }, this.#heading, this.#summary, this.#list);

  /** `onLine(number)` leads to a line of the text. */
  constructor(app, onLine) {
    this.#app = app;
    this.#onLine = onLine;
    this.speak();
  }

  get ok() {
    return this.#last?.ok ?? false;
  }

  get id() {
    return this.#last?.id ?? '';
  }

  speak() {
    this.#heading.textContent = this.#app.t('check');
    if (this.#last) this.#show(this.#last);
  }

  soon(text) {
    this.#turn += 1; // what is on its way is about an older text
    this.#soon(text);
  }

  /** Checks now; resolves to whether the text could be saved. */
  async now(text) {
    this.#soon.stop();
    this.#turn += 1;
    const turn = this.#turn;
    try {
      const said = await this.#app.api.post('/api/playbooks/check', { text });
      if (turn === this.#turn) this.#show(said);
      return said.ok;
    } catch (error) {
      if (turn === this.#turn) this.#unknown(error);
      return false;
    }
  }

  leave() {
    this.#soon.stop();
    this.#turn += 1;
  }

  #show(said) {
    this.#last = said;
    const errors = said.notes.filter(({ level }) => level === 'error').length;
    const warnings = said.notes.length - errors;
    const words = said.notes.length ? this.#app.t('faults', { errors, warnings }) : this.#app.t('fine');
    if (this.#summary.textContent !== words) this.#summary.textContent = words;
    this.node.dataset.state = errors ? 'error' : warnings ? 'warning' : 'fine';
    this.#list.replaceChildren(...said.notes.map((note) => this.#note(note)));
  }

  #note({ level, line, text, mend }) {
    const t = (...given) => this.#app.t(...given);
    const to = button(t('line', { n: line }), () => this.#onLine(line), { kind: 'to-line', label: t('goToLine', { n: line }) });
    return h(
      'li',
      { class: `check-note ${level}` },
      h('div', { class: 'note-head' }, h('strong', {}, t(level)), to),
      h('p', { lang: 'en' }, text),
      mend ? h('p', { class: 'mend' }, ...aroundMend(t('mend', { mend: '\u0000' }), mend)) : null,
    );
  }

  #unknown(error) {
    this.#last = null;
    this.node.dataset.state = 'error';
    this.#summary.textContent = this.#app.t('cannotCheck', { why: this.#app.why(error) });
    this.#list.replaceChildren();
  }
}

/** The reader speaks English: its words are marked as such inside ours. */
function aroundMend(words, mend) {
  const [before, after] = words.split('\u0000');
  return [before, h('span', { lang: 'en' }, mend), after];
}
