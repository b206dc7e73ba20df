/** Where the staff member types. It never sends half a Chinese word and never loses a text. */
import { freshId, h, icon } from './dom.js';
import { t } from './texts.js';

const MOST = 4000;
const NEARLY = 3600;
const IME_KEY = 229; // what some browsers report while a word is still being composed

export class Composer {
  #hooks;
  #lang = 'en';
  #busy = false;
  #tooLong = false;
  #label = h('label', { class: 'unseen' });
  #field = h('textarea', { rows: '1', enterkeyhint: 'send', autocomplete: 'off' });
  #count = h('p', { class: 'count', id: freshId('count') });
  #button = h('button', { type: 'button', class: 'send' });

  /** `hooks`: onSend(text), onStop(), onDraft(text), announce(text). */
  constructor(hooks) {
    this.#hooks = hooks;
    this.#field.id = freshId('message');
    this.#label.htmlFor = this.#field.id;
    this.#field.setAttribute('aria-describedby', this.#count.id);
    this.node = h(
      'div',
      { class: 'composer' },
      this.#count,
      h('div', { class: 'composer-row' }, this.#label, this.#field, this.#button),
    );
    this.#field.addEventListener('input', () => {
      this.#changed();
      hooks.onDraft(this.text);
    });
    this.#field.addEventListener('keydown', (event) => this.#key(event));
    this.#button.addEventListener('click', () => (this.#busy ? hooks.onStop() : this.#send()));
  }

  get text() {
    return this.#field.value;
  }

  set text(value) {
    this.#field.value = value;
    this.#changed();
  }

  set busy(value) {
    this.#busy = value;
    this.#dress();
  }

  focus() {
    this.#field.focus();
  }

  speak(lang) {
    this.#lang = lang;
    this.#label.textContent = t(lang, 'prompt');
    this.#field.placeholder = t(lang, 'prompt');
    this.#dress();
    this.#changed();
  }

  #dress() {
    const label = t(this.#lang, this.#busy ? 'stop' : 'send');
    this.#button.setAttribute('aria-label', label);
    this.#button.title = label;
    this.#button.replaceChildren(icon(this.#busy ? 'stop' : 'send'));
    this.#button.classList.toggle('is-busy', this.#busy);
    this.#allow();
  }

  #key(event) {
    if (event.key !== 'Enter' || event.shiftKey) return;
    if (event.isComposing || event.keyCode === IME_KEY) return;
    event.preventDefault();
    if (!this.#busy) this.#send();
  }

  #send() {
    const text = this.text.trim();
    if (text && !this.#tooLong) this.#hooks.onSend(text);
    else this.focus();
  }

  #changed() {
    this.#field.style.height = 'auto';
    this.#field.style.height = `${this.#field.scrollHeight}px`;
    this.#measure([...this.text.trim()].length);
    this.#allow();
  }

  #measure(length) {
    const tooLong = length > MOST;
    const message = tooLong ? t(this.#lang, 'tooLong', { n: length }) : t(this.#lang, 'nearlyFull', { n: MOST - length });
    this.#count.textContent = length > NEARLY ? message : '';
    this.#count.classList.toggle('is-over', tooLong);
    this.#field.setAttribute('aria-invalid', String(tooLong));
    if (tooLong && !this.#tooLong) this.#hooks.announce(message);
    this.#tooLong = tooLong;
  }

  #allow() {
    const ready = this.#busy || (this.text.trim() !== '' && !this.#tooLong);
    this.#button.setAttribute('aria-disabled', String(!ready));
  }
}
