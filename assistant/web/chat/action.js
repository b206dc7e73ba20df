/** One action on the card: what, who, by when, with which words, from where. */
import { copyText } from './copy.js';
import { freshId, h, icon } from './dom.js';
import { nameOf, timeOf } from './names.js';
import { ResourceChip } from './resource.js';
import { t } from './texts.js';

const COPIED_MS = 2000;

/** A chip where it needs somebody else's say; nothing where it does not. */
export function authorityChip(lang, authority) {
  if (!authority || authority === 'self') return null;
  const known = authority === 'supervisor' || authority === 'manager';
  return h('span', { class: 'chip say-so' }, known ? t(lang, authority) : nameOf(lang, authority));
}

/** The numbered buttons that open the sources given as `[{number, source}]`. */
export function citeButtons(lang, cited, onSource) {
  return cited.map(({ number, source }) => {
    const label = t(lang, 'source', { ...source, n: `[${number}]` });
    const open = (event) => onSource(source, event.currentTarget);
    const button = h('button', { type: 'button', class: 'cite', 'aria-label': label, on: { click: open } });
    button.append(h('span', {}, `[${number}]`));
    return button;
  });
}

export class ActionItem {
  #lang;
  #hooks;
  #text;
  #say = null;
  #cited = '';
  #cites = h('span', { class: 'cites' });
  #chips = new Map();
  #box = h('input', { type: 'checkbox' });

  /** `hooks`: onTick(id, done), onSource(source, opener), reserve(action, resource), release(resource), announce(text). */
  constructor(action, number, lang, hooks) {
    this.id = action.id;
    this.#lang = lang;
    this.#hooks = hooks;
    const id = freshId('step');
    this.#box.id = id;
    this.#box.setAttribute('aria-labelledby', `${id}-text`);
    this.#box.addEventListener('change', () => this.#ticked());
    this.#text = h('label', { class: 'step-text', id: `${id}-text`, for: id }, action.text);
    const face = h('span', { class: 'box', 'aria-hidden': 'true' }, h('b', {}, String(number)), icon('tick'));
    this.node = h(
      'li',
      { class: 'step', 'data-action': action.id, 'data-factor': action.factor },
      h('label', { class: 'tick', for: id }, this.#box, face),
      h('div', { class: 'step-body' }, this.#whoWhen(action), this.#text, detail(action), this.#quote(action.say), this.#foot(action)),
    );
  }

  get done() {
    return this.#box.checked;
  }

  set done(value) {
    this.#box.checked = value;
    this.node.classList.toggle('is-done', value);
  }

  /** Better words in the same place; nothing is added and nothing moves away. */
  reword({ text, say }) {
    if (this.done) return; // it was done as it was worded
    if (text) this.#text.textContent = text;
    if (say && this.#say) this.#say.textContent = say;
  }

  /** Left as it is when nothing changes, so that focus stays where it was. */
  cite(cited) {
    const numbers = cited.map(({ number }) => number).join();
    if (numbers === '' || numbers === this.#cited) return;
    this.#cited = numbers;
    this.#cites.replaceChildren(...citeButtons(this.#lang, cited, this.#hooks.onSource));
  }

  /** The advice has its id: what is at hand can be kept; `kept` says what is already. */
  settle(kept) {
    for (const [id, chip] of this.#chips) chip.ready(kept.get(id)?.until);
  }

  #ticked() {
    this.done = this.#box.checked;
    this.#hooks.onTick(this.id, this.done);
  }

  #whoWhen({ within_s: seconds, owner, owner_name: name, channel, authority }) {
    const when = timeOf(this.#lang, seconds);
    return h(
      'p',
      { class: 'who-when' },
      when && h('span', { class: 'when' }, when),
      h('span', { class: 'who' }, name || nameOf(this.#lang, owner)),
      channel && h('span', { class: 'channel' }, channel),
      authorityChip(this.#lang, authority),
    );
  }

  #quote(say) {
    if (!say) return null;
    this.#say = h('blockquote', {}, say);
    const word = h('span', {}, t(this.#lang, 'copy'));
    const copy = h('button', { type: 'button', class: 'copy' }, icon('copy'), icon('tick'), word);
    copy.addEventListener('click', () => this.#copy(copy, word));
    return h(
      'figure',
      { class: 'say' },
      h('figcaption', { class: 'unseen' }, t(this.#lang, 'say')),
      this.#say,
      copy,
    );
  }

  async #copy(button, word) {
    const copied = await copyText(this.#say.textContent, button);
    this.#hooks.announce(t(this.#lang, copied ? 'copied' : 'copyFailed'));
    if (!copied) {
      getSelection()?.selectAllChildren(this.#say);
      return;
    }
    word.textContent = t(this.#lang, 'copied');
    button.classList.add('is-copied');
    setTimeout(() => {
      word.textContent = t(this.#lang, 'copy');
      button.classList.remove('is-copied');
    }, COPIED_MS);
  }

  #chip(action, resource) {
    const chip = new ResourceChip(resource, this.#lang, {
      reserve: (id) => this.#hooks.reserve(action, id),
      release: (id) => this.#hooks.release(id),
      announce: this.#hooks.announce,
    });
    this.#chips.set(resource.id, chip);
    return chip.node;
  }

  #foot({ id, factor, resources, evidence }) {
    const graded = ['judgement', 'research', 'case'].includes(evidence);
    const chips = (resources ?? []).map((resource) => this.#chip(id, resource));
    const labels = [
      factor && h('span', { class: `tag ${factor}` }, nameOf(this.#lang, factor)),
      chips.length ? h('ul', { class: 'chips', role: 'list', 'aria-label': t(this.#lang, 'resources') }, ...chips) : null,
      graded ? h('span', { class: 'chip grade' }, t(this.#lang, evidence)) : null,
    ];
    return h(
      'div',
      { class: 'step-foot' },
      h('div', { class: 'labels' }, ...labels),
      this.#cites,
    );
  }
}

/** What the card says beyond the short order. */
function detail({ detail: words }) {
  return words ? h('p', { class: 'step-detail' }, words) : null;
}
