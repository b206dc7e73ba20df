/** <improv-chat>: attributes in, a launcher and a panel out. Everything else lives beside it. */
import { Api } from './api.js';
import { h, icon } from './dom.js';
import { Memory } from './memory.js';
import { Panel } from './panel.js';
import { Session } from './session.js';
import { SourcePanel } from './source.js';
import { styleSheets } from './styles.js';
import { nearest, t } from './texts.js';

export class ImprovChat extends HTMLElement {
  static observedAttributes = ['server', 'site', 'role', 'staff', 'lang', 'token'];

  /** The origin that widget.js came from: the server, unless an attribute names another. */
  static home = '';

  #parts = null; // panel, source, launcher, memory while connected
  #due = false;
  #page = new MutationObserver(() => this.#languageGiven());

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = styleSheets();
  }

  connectedCallback() {
    this.#page.observe(document.documentElement, { attributeFilter: ['lang'] });
    this.#build();
  }

  disconnectedCallback() {
    this.#page.disconnect();
    this.#takeDown();
  }

  attributeChangedCallback(name, before, after) {
    if (name === 'role' && after !== null) this.#takeRole(after);
    if (before === after || !this.#parts) return;
    if (name === 'lang') this.#languageGiven();
    else this.#buildSoon();
  }

  /** "role" is also ARIA's word for something else; the staff role is kept where it does no harm. */
  #takeRole(role) {
    this.dataset.staffRole = role;
    this.removeAttribute('role');
  }

  #buildSoon() {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      if (this.isConnected) this.#build();
    });
  }

  #build() {
    this.#takeDown();
    const site = this.getAttribute('site') ?? '';
    const staff = this.getAttribute('staff') ?? '';
    const server = this.#server();
    const memory = new Memory(server, site);
    const api = new Api({ server, token: this.getAttribute('token') });
    const session = new Session(api, memory, { site, role: this.dataset.staffRole, staff });
    const source = new SourcePanel(api);
    const panel = new Panel(
      { api, session, memory, site, staff },
      {
        onLanguage: (lang) => this.#choose(lang),
        onClosed: () => this.#closed(),
        onSource: (...cited) => source.open(...cited),
      },
    );
    const label = h('span', {});
    const launcher = h('button', { type: 'button', class: 'launcher', 'aria-haspopup': 'dialog' }, icon('ask'), label);
    launcher.addEventListener('click', () => this.open());
    this.#parts = { panel, source, launcher, label, memory };
    this.shadowRoot.replaceChildren(launcher, panel.node, source.node);
    this.#speak();
  }

  #takeDown() {
    const panel = this.#parts?.panel;
    this.#parts = null;
    panel?.leave();
    this.shadowRoot.replaceChildren();
  }

  #server() {
    const given = this.getAttribute('server') || ImprovChat.home;
    return new URL(given, document.baseURI).href.replace(/\/+$/, '');
  }

  open() {
    if (!this.#parts) return;
    this.#parts.launcher.hidden = true;
    this.#parts.panel.open();
  }

  close() {
    this.#parts?.panel.node.close();
  }

  #closed() {
    if (!this.#parts) return;
    this.#parts.launcher.hidden = false;
    this.#parts.launcher.focus();
  }

  /** The person chose in the panel: that holds for the advice too. */
  #choose(lang) {
    this.#parts.memory.choice = lang;
    this.#speak();
  }

  /** The page changed its language: an earlier choice in the panel no longer stands. */
  #languageGiven() {
    if (!this.#parts) return;
    this.#parts.memory.choice = null;
    this.#speak();
  }

  #speak() {
    const { panel, launcher, label, memory } = this.#parts;
    const given = this.getAttribute('lang') || document.documentElement.lang || navigator.language;
    const lang = memory.choice ?? nearest(given);
    launcher.lang = lang;
    label.textContent = t(lang, 'launcher');
    panel.speak(lang, memory.choice);
  }
}
