/** The manager's token: asked for once, kept for this tab, sent with what needs it. */
import { h } from '../chat/dom.js';
import { t } from './texts.js';

const KEY = 'improv-manager-token';

export class Access {
  #token = read();
  #asking = null;
  #lang;

  /** `lang()` gives the page's language; `onChange` hears of signing in and out. */
  constructor(lang, onChange) {
    this.#lang = lang;
    this.onChange = onChange;
  }

  get token() {
    return this.#token;
  }

  get headers() {
    if (!this.#token) return {};
    // A header holds bytes, not characters: a token of any alphabet goes as UTF-8.
    const bytes = String.fromCharCode(...new TextEncoder().encode(this.#token));
    return { Authorization: `Bearer ${bytes}` };
  }

  forget() {
    this.#keep('');
  }

  /** Resolves to whether there is another token to try; several who ask at once wait for one answer. */
  ask(refused = false) {
    this.#asking ??= this.#dialog(refused).finally(() => (this.#asking = null));
    return this.#asking;
  }

  #dialog(refused) {
    const lang = this.#lang();
    const input = h('input', { type: 'password', id: 'token', autocomplete: 'current-password', required: true });
    const wrong = h('p', { class: 'wrong', id: 'token-wrong', role: 'alert' }, refused ? t(lang, 'tokenWrong') : '');
    const cancel = h('button', { type: 'button', class: 'plain' }, t(lang, 'cancel'));
    const form = h(
      'form',
      {},
      h('h2', { id: 'token-title' }, t(lang, 'signIn')),
      h('p', { id: 'token-why' }, t(lang, 'tokenWhy')),
      h('label', { for: 'token' }, t(lang, 'token')),
      input,
      wrong,
      h('div', { class: 'buttons' }, cancel, h('button', { class: 'main' }, t(lang, 'signIn'))),
    );
    input.setAttribute('aria-describedby', 'token-wrong token-why');
    const dialog = h('dialog', { class: 'ask', 'aria-labelledby': 'token-title' }, form);
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
    return new Promise((resolve) => {
      cancel.addEventListener('click', () => dialog.close());
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        this.#keep(input.value.trim());
        resolve(true);
        dialog.close();
      });
      dialog.addEventListener('close', () => {
        dialog.remove();
        resolve(false); // without effect where it was submitted
      });
    });
  }

  #keep(token) {
    this.#token = token;
    try {
      if (token) sessionStorage.setItem(KEY, token);
      else sessionStorage.removeItem(KEY);
    } catch {
      // Storage is forbidden here: the token lasts as long as the page.
    }
    this.onChange();
  }
}

function read() {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}
