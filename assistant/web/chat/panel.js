/** The window of the chat: a floating panel on a desktop, the whole screen on a phone. */
import { Chat } from './chat.js';
import { Composer } from './composer.js';
import { cycleFocus, freshId, h, icon } from './dom.js';
import { EmptyView } from './empty.js';
import { Guide } from './guide.js';
import { t } from './texts.js';

const PHONE = matchMedia('(max-width: 599px)');
const TOUCH = matchMedia('(pointer: coarse)');

export class Panel {
  #memory;
  #hooks;
  #lang = 'en';
  #title = h('h2', { id: freshId('improv') }, 'Improv');
  #tagline = h('span', { class: 'tagline' });
  #language = h('button', { type: 'button', class: 'tool word' });
  #fresh = h('button', { type: 'button', class: 'tool' }, icon('fresh'));
  #close = h('button', { type: 'button', class: 'tool' }, icon('close'));
  #status = h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  #composer;
  #empty;
  #chat;
  #guide;
  #ends = new AbortController();

  /** `hooks`: onLanguage(lang), onClosed(), onSource(source, lang, opener). */
  constructor({ api, session, memory, site, staff }, hooks) {
    this.#memory = memory;
    this.#hooks = hooks;
    const announce = (text, lang) => this.#announce(text, lang);
    this.#composer = new Composer({
      onSend: (text) => this.#ask(text),
      onStop: () => this.#chat.stop(),
      onDraft: (text) => this.#keep(text),
      announce,
    });
    this.#empty = new EmptyView({
      load: (lang) => api.situations(site, lang),
      onPick: (text) => this.#ask(text),
    });
    this.#chat = new Chat(session, this.#empty, {
      announce,
      onSource: hooks.onSource,
      onBusy: (busy) => {
        this.#composer.busy = busy;
      },
      onSettled: (text, sent) => this.#settled(text, sent),
      onAgain: (text) => this.#ask(text),
    });
    this.#guide = new Guide(api, memory, { site, staff });
    this.#build();
    this.#composer.text = memory.draft;
    this.#chat.restore();
  }

  #build() {
    const tools = h('div', { class: 'tools' }, this.#language, this.#fresh, this.#close);
    const head = h('div', { class: 'head' }, h('div', { class: 'brand' }, this.#title, this.#tagline), tools);
    this.node = h('dialog', { class: 'panel' }, head, this.#guide.node, this.#chat.node, this.#composer.node, this.#status);
    this.#close.addEventListener('click', () => this.node.close());
    this.#fresh.addEventListener('click', () => this.#startAnew());
    this.#language.addEventListener('click', () => this.#hooks.onLanguage(this.#lang === 'zh' ? 'en' : 'zh'));
    this.node.addEventListener('close', () => this.node.open || this.#hooks.onClosed());
    this.node.addEventListener('keydown', (event) => this.#key(event));
    const { signal } = this.#ends;
    PHONE.addEventListener('change', () => this.#reshape(), { signal });
    window.visualViewport?.addEventListener('resize', () => this.#fit(), { signal });
    window.visualViewport?.addEventListener('scroll', () => this.#fit(), { signal });
  }

  /** `forced` is the language that the person insists on for the advice too, or null. */
  speak(lang, forced) {
    this.#lang = lang;
    this.node.lang = lang;
    this.node.setAttribute('aria-label', t(lang, 'panel'));
    this.#tagline.textContent = t(lang, 'tagline');
    const other = lang === 'zh' ? 'en' : 'zh';
    this.#language.lang = other;
    this.#language.textContent = other === 'zh' ? '中文' : 'English';
    for (const [button, key] of [[this.#fresh, 'fresh'], [this.#close, 'close']]) {
      button.title = t(lang, key);
      button.setAttribute('aria-label', t(lang, key));
    }
    this.#composer.speak(lang);
    this.#guide.speak(lang);
    this.#chat.speak(lang, forced);
  }

  async open() {
    if (this.node.open) return;
    this.#show();
    this.#empty.wake();
    this.#guide.wake();
    this.#rest();
    await this.#chat.restore();
    this.#chat.showLast();
  }

  leave() {
    this.#chat.leave();
    this.#ends.abort();
    this.node.close();
  }

  #show() {
    if (PHONE.matches) this.node.showModal();
    else this.node.show();
    this.#fit();
    this.#composer.text = this.#composer.text; // its height can be measured only now
  }

  /** On touch screens the keyboard would hide what is to be read; there the reader gets focus. */
  #rest() {
    if (TOUCH.matches) this.#chat.node.focus({ preventScroll: true });
    else this.#composer.focus();
  }

  #ask(text) {
    if (this.#composer.text.trim() === text) this.#composer.text = '';
    this.#memory.draft = this.#composer.text || text; // until the answer is complete, so that a reload loses nothing
    this.#rest();
    this.#chat.ask(text);
  }

  #settled(text, sent) {
    if (!sent && this.#composer.text === '') this.#composer.text = text;
    this.#keep(this.#composer.text);
  }

  #keep(text) {
    if (text !== '' || this.#memory.draft !== '') this.#memory.draft = text;
  }

  #startAnew() {
    this.#chat.startAnew();
    this.#empty.wake();
    this.#rest();
  }

  #announce(text, lang = this.#lang) {
    this.#status.lang = lang;
    this.#status.textContent = '';
    setTimeout(() => {
      this.#status.textContent = text;
    }, 50); // a change is spoken, the same words again would not be
  }

  #key(event) {
    if (PHONE.matches) cycleFocus(event, this.node);
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    this.node.close();
  }

  #reshape() {
    if (!this.node.open) return;
    this.node.close();
    this.#show(); // before the close event comes, which then finds it open
    this.#rest();
  }

  /** A phone's keyboard covers part of the page; the panel keeps to what is left. */
  #fit() {
    const view = window.visualViewport;
    if (!this.node.open || !view) return;
    const phone = PHONE.matches && view.scale === 1;
    this.node.style.setProperty('--view-height', phone ? `${view.height}px` : '100dvh');
    this.node.style.setProperty('--view-top', phone ? `${view.offsetTop}px` : '0px');
  }
}
