/** "Call for help": opens the incident room of an advice, and stays as the way into it. */
import { h, icon } from './dom.js';
import { t } from './texts.js';

export class HelpButton {
  #lang;
  #open;
  #announce;
  #button;
  #said = h('p', { class: 'help-said' });
  node;

  /** `open()` resolves to the room's address; `announce(text)`. */
  constructor(lang, open, announce) {
    this.#lang = lang;
    this.#open = open;
    this.#announce = announce;
    this.#button = h('button', { type: 'button', class: 'call-help', on: { click: () => this.#tapped() } });
    this.#button.append(icon('call'), t(lang, 'callHelp'));
    this.node = h('div', {}, this.#button, this.#said);
  }

  async #tapped() {
    if (this.#button.ariaDisabled === 'true') return;
    this.#button.ariaDisabled = 'true'; // it keeps the focus, and a second tap does nothing
    this.#say('calling');
    try {
      this.#opened(await this.#open());
    } catch {
      this.#say('helpFailed');
    } finally {
      this.#button.ariaDisabled = null;
    }
  }

  #opened(address) {
    const link = h('a', { class: 'call-help', href: address, target: '_blank', rel: 'noopener' });
    link.append(icon('call'), t(this.#lang, 'inRoom'));
    this.#button.replaceWith(link);
    this.#say('helpCalled');
    link.focus();
    link.click(); // where the browser does not let this through, the link is there to be tapped
  }

  #say(key) {
    const words = t(this.#lang, key);
    this.#said.textContent = words;
    this.#announce(words);
  }
}
