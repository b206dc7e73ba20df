/** A thing or a colleague at hand, on the card: what decides about it, and one tap to keep it for this guest. */
import { h } from './dom.js';
import { t } from './texts.js';

export class ResourceChip {
  #lang;
  #resource;
  #hooks;
  #advice = null;
  #until = '';
  #button = h('button', { type: 'button', class: 'keep' });
  #said = h('span', { class: 'keep-said' });

  /** `hooks`: reserve(resource) and release(resource), promises; announce(text). */
  constructor(resource, lang, hooks) {
    this.#lang = lang;
    this.#resource = resource;
    this.#hooks = hooks;
    const { name, authority, note } = resource;
    const say = authority === 'supervisor' || authority === 'manager' ? h('small', {}, t(lang, authority)) : null;
    this.node = h('li', { class: 'chip', 'data-resource': resource.id, title: note || null }, h('span', {}, name), say);
    if (!resource.reservable) return;
    this.#button.addEventListener('click', () => this.#tapped());
    this.node.append(this.#button, this.#said);
    this.#draw();
    this.#button.hidden = true; // until the advice that it belongs to has its id
  }

  /** From now on it can be kept; `until` is when an earlier keeping ends. */
  ready(until) {
    if (!this.#resource.reservable) return;
    this.#advice = true;
    this.#until = until ?? '';
    this.#button.hidden = false;
    this.#draw();
  }

  #draw() {
    const { name } = this.#resource;
    const words = t(this.#lang, this.#until ? 'giveBack' : 'keep');
    this.#button.textContent = words;
    this.#button.setAttribute('aria-label', `${words}: ${name}`);
    this.node.classList.toggle('is-kept', Boolean(this.#until));
    this.#said.textContent = this.#until ? t(this.#lang, 'keptUntil', { time: clock(this.#until) }) : '';
  }

  async #tapped() {
    if (!this.#advice || this.#button.ariaDisabled === 'true') return;
    this.#button.ariaDisabled = 'true'; // it keeps the focus, and a second tap does nothing
    const { name } = this.#resource;
    try {
      if (this.#until) {
        await this.#hooks.release(this.#resource.id);
        this.#until = '';
        this.#hooks.announce(t(this.#lang, 'given', { name }));
      } else {
        this.#until = (await this.#hooks.reserve(this.#resource.id)).until;
        this.#hooks.announce(`${name}: ${t(this.#lang, 'keptUntil', { time: clock(this.#until) })}`);
      }
      this.#draw();
    } catch (problem) {
      const gone = problem.status === 409;
      if (problem.status === 404) this.#until = '';
      this.#draw();
      const words = t(this.#lang, gone ? 'taken' : problem.kind === 'offline' ? 'offline' : 'keepFailed');
      this.#said.textContent = words;
      this.node.classList.toggle('is-gone', gone);
      this.#hooks.announce(`${name}: ${words}`);
    } finally {
      this.#button.ariaDisabled = null;
    }
  }
}

function clock(moment) {
  const at = new Date(moment);
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}
