/** Where the trainee answers: typed, or spoken where the browser can listen and the trainee wants it. */
import { h, icon } from '../chat/dom.js';
import { button } from '../console/ui.js';
import { memory } from './memory.js';
import { Ear, canHear } from './voice.js';

const LONGEST = 4000;

export class Composer {
  #app;
  #acts;
  #lang;
  #busy = false;
  #area;
  #send;
  #end;
  #ear = null;
  #mic = null;
  #told = h('p', { class: 'hint told', role: 'status' });

  /** `acts`: say(text) resolving to whether it was said, hint(), pause(), end(). */
  constructor(app, lang, acts) {
    this.#app = app;
    this.#acts = acts;
    this.#lang = lang;
    const t = (...given) => app.t(...given);
    this.#area = h('textarea', { id: 'reply', rows: 2, maxlength: LONGEST, lang, enterkeyhint: 'send', autocomplete: 'off' });
    this.#area.addEventListener('keydown', (event) => this.#key(event));
    this.#area.addEventListener('input', () => this.#grow());
    this.#send = h('button', { class: 'main send' }, icon('send'), t('say'));
    this.#end = button(t('leave'), () => this.#acts.end());
    const form = h(
      'form',
      { class: 'composer' },
      h('label', { for: 'reply' }, t('reply')),
      h('div', { class: 'reply' }, this.#area, this.#speech(), this.#send),
      this.#told,
      h('div', { class: 'buttons' }, button(t('hintAsk'), () => this.#free(() => this.#acts.hint())), button(t('pause'), () => this.#paused()), this.#end),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#say();
    });
    this.node = form;
  }

  /** How many replies there are: before the first one there is nothing to look back on. */
  count(turns) {
    this.#end.textContent = this.#app.t(turns ? 'end' : 'leave');
  }

  focus() {
    this.#area.focus({ preventScroll: true });
  }

  leave() {
    this.#ear?.stop();
  }

  #speech() {
    if (!canHear() || !memory.voice.hear) return null;
    const t = (...given) => this.#app.t(...given);
    this.#mic = button(t('listen'), () => this.#listen(), { kind: 'plain', 'aria-pressed': 'false' });
    this.#ear = new Ear((on) => {
      this.#mic.setAttribute('aria-pressed', String(on));
      this.#mic.textContent = t(on ? 'listening' : 'listen');
    });
    return this.#mic;
  }

  #listen() {
    if (this.#ear.listening) {
      this.#ear.stop();
      return;
    }
    const before = this.#area.value ? `${this.#area.value} ` : '';
    const words = (text) => {
      this.#area.value = `${before}${text}`.slice(0, LONGEST);
      this.#grow();
    };
    this.#ear.begin(this.#lang, words, () => (this.#told.textContent = this.#app.t('notHeard')));
  }

  #paused() {
    this.leave();
    this.#acts.pause();
  }

  #key(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#say();
  }

  #grow() {
    this.#told.textContent = '';
    this.#area.rows = Math.min(6, Math.max(2, this.#area.value.split('\n').length));
  }

  #free(act) {
    if (!this.#busy) act();
  }

  async #say() {
    const text = this.#area.value.trim();
    if (this.#busy) return;
    if (!text) {
      this.#told.textContent = this.#app.t('nothing');
      this.focus();
      return;
    }
    this.leave();
    this.#busy = true;
    this.#send.disabled = true;
    this.#area.value = '';
    this.#grow();
    const said = await this.#acts.say(text);
    if (!said && !this.#area.value) this.#area.value = text;
    this.#busy = false;
    this.#send.disabled = false;
    if (this.node.isConnected) this.focus();
  }
}
