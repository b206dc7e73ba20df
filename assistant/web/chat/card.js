/**
 * The advice card. It fills in the order of the stream, keeps what is on the screen where it is,
 * and takes the same advice whole when a conversation is restored.
 */
import { ActionItem, authorityChip, citeButtons } from './action.js';
import { freshId, h, icon } from './dom.js';
import { HelpButton } from './help.js';
import { nameOf } from './names.js';
import { Shelf } from './shelf.js';
import { t } from './texts.js';

const FIRST = 4;
const COMBINATION_LINES = 3;

export class Card {
  #lang;
  #hooks;
  #live;
  #id = null;
  #site = '';
  #items = new Map();
  #early = new Map(); // ticks made before the advice had an id
  #extras = []; // options and things to avoid, with their places for citations
  #shelf = new Shelf();
  #title = h('h3', { class: 'unseen', id: freshId('card') });
  #top = h('div', { class: 'card-top' });
  #goal = h('p', { class: 'goal', hidden: true });
  #head = h('div', { class: 'steps-head', hidden: true });
  #progress = h('span', { class: 'progress' });
  #first = h('ol', { class: 'steps', role: 'list' });
  #rest = h('ol', { class: 'steps', role: 'list' });
  #options = h('ul', { class: 'options', role: 'list' });
  #avoid = h('ul', { class: 'avoid', role: 'list' });
  #combined = h('ul', { class: 'combined', role: 'list' });
  #limits = h('ul', { class: 'limits-list', role: 'list' });
  #help = h('div', { class: 'help', hidden: true });
  #more = h('button', { type: 'button', class: 'more', 'aria-expanded': 'false', hidden: true });
  #beyond = h('div', { class: 'beyond', id: freshId('beyond'), hidden: true });
  #sources = h('section', { class: 'sources', hidden: true });

  /**
   * `hooks`: onTick(adviceId, action, done), onSource(source, lang, opener), announce(text), kept(adviceId),
   * reserve(site, {advice, action, resource}), release({advice, resource}), openRoom(adviceId) for the address of its incident room.
   */
  constructor(lang, hooks, { live = true } = {}) {
    this.#lang = lang;
    this.#hooks = hooks;
    this.#live = live;
    this.node = h('article', { class: 'card', lang });
    this.#build();
  }

  get size() {
    return this.#items.size;
  }

  #build() {
    this.#title.textContent = this.#t('card');
    this.node.setAttribute('aria-labelledby', this.#title.id);
    this.#more.setAttribute('aria-controls', this.#beyond.id);
    this.#more.addEventListener('click', () => this.#unfold(this.#beyond.hidden));
    this.#head.append(h('h4', {}, this.#t('steps')), this.#progress);
    this.#beyond.append(
      this.#part('rest', this.#rest),
      this.#part('options', this.#options),
      this.#part('combinations', this.#combined),
      this.#part('limits', this.#limits),
      this.#part('avoid', this.#avoid),
    );
    this.node.append(this.#title, this.#top, this.#goal, this.#head, this.#first, this.#help, this.#more, this.#beyond, this.#sources);
  }

  #t(key, values) {
    return t(this.#lang, key, values);
  }

  #part(key, list) {
    return h('section', { hidden: true }, h('h4', {}, this.#t(key)), list);
  }

  /** One event of the stream; unknown ones are left alone. */
  take({ event, data }) {
    const fill = {
      situation: () => this.#situation(data),
      goal: () => this.#setGoal(data),
      action: () => this.#action(data),
      option: () => this.#extra(this.#options, data),
      avoid: () => this.#extra(this.#avoid, data),
      done: () => this.#done(data),
      refined: () => this.#refined(data),
    };
    if (Object.hasOwn(fill, event)) fill[event]();
  }

  /** A whole advice from the past, with the ids of the actions done. */
  restore(advice, done) {
    this.#done(advice);
    for (const id of done) if (this.#items.has(id)) this.#items.get(id).done = true;
    this.#count();
  }

  #situation({ hazard, covered, summary }) {
    if (covered === false) this.#uncovered();
    else if (summary && covered) this.#recognised(summary, hazard ?? 'none');
    if (!hazard || hazard === 'none' || this.#top.querySelector('.danger')) return;
    const name = this.#t('danger', { name: nameOf(this.#lang, hazard) });
    this.node.classList.add('has-danger');
    this.#top.prepend(notice('danger', 'alert', this.#live && 'alert', name, this.#t('dangerFirst')));
  }

  /** Names the kind of situation that was found; in danger the banner stands in its place. */
  #recognised(summary, hazard) {
    this.#title.textContent = summary;
    this.#title.className = hazard === 'none' ? 'card-title' : 'unseen';
  }

  #setGoal({ text, sources, needs }) {
    if (!text || !this.#goal.hidden) return;
    const words = h('span', { class: 'goal-text' }, text);
    const cites = h('span', { class: 'cites' });
    this.#goal.append(h('span', { class: 'goal-label' }, this.#t('goal')), words, cites, this.#met(needs ?? []));
    this.#goal.hidden = false;
    this.#extras.push({ list: this.#goal, text, sources, words, cites });
  }

  /** Which need of this guest the aim meets, and what they gain by it. */
  #met(needs) {
    if (needs.length === 0) return '';
    const join = (words) => words.filter(Boolean).join(this.#lang === 'zh' ? '、' : ', ');
    const names = this.#t('meets', { names: join(needs.map(({ name }) => name)) });
    const gains = join(needs.map(({ gain }) => gain));
    return h('span', { class: 'goal-needs' }, names, gains ? ` · ${this.#t('gains', { gains })}` : '');
  }

  #action(action, list = null) {
    if (this.#items.has(action.id)) return;
    const number = this.#items.size + 1;
    const item = new ActionItem(action, number, this.#lang, {
      onTick: (id, done) => this.#tick(id, done),
      onSource: (source, opener) => this.#hooks.onSource(source, this.#lang, opener),
      reserve: (id, resource) => this.#hooks.reserve(this.#site, { advice: this.#id, action: id, resource }),
      release: (resource) => this.#hooks.release({ advice: this.#id, resource }),
      announce: this.#hooks.announce,
    });
    this.#items.set(action.id, item);
    this.#head.hidden = false;
    this.#append(list ?? (number <= FIRST ? this.#first : this.#rest), item.node);
    this.#count();
  }

  #extra(list, { text, kind, authority, sources, resources }) {
    if (this.#extras.some((known) => known.list === list && known.text === text)) return;
    const words = h('span', {}, text);
    const cites = h('span', { class: 'cites' });
    this.#extras.push({ list, text, sources, words, cites });
    const how = kind ? h('span', { class: 'chip grade' }, nameOf(this.#lang, kind)) : null;
    const things = (resources ?? []).map(({ name }) => h('span', { class: 'chip' }, name));
    const chips = h('span', { class: 'extra-chips' }, how, authorityChip(this.#lang, authority), ...things);
    this.#append(list, h('li', {}, h('div', {}, words, chips), cites));
  }

  #lines(list, entries) {
    if (list.childElementCount > 0) return;
    for (const { text } of entries) this.#append(list, h('li', {}, h('div', {}, text)));
  }

  #append(list, node) {
    list.append(node);
    if (list === this.#first) return;
    list.parentNode.hidden = false;
    this.#labelMore();
  }

  #done(advice) {
    this.#id = advice.id;
    this.#site = advice.site ?? '';
    this.#situation({ ...advice.situation, covered: advice.covered });
    this.#notice(advice);
    this.#setGoal(advice.goal ?? {});
    for (const action of advice.actions ?? []) this.#action(action);
    for (const option of advice.options ?? []) this.#extra(this.#options, option);
    for (const avoid of advice.avoid ?? []) this.#extra(this.#avoid, avoid);
    this.#lines(this.#combined, (advice.combinations ?? []).slice(0, COMBINATION_LINES));
    this.#lines(this.#limits, advice.limits ?? []);
    const kept = this.#site && this.#hooks.kept ? this.#hooks.kept(this.#id) : new Map();
    if (this.#site) for (const item of this.#items.values()) item.settle(kept);
    this.#offerHelp();
    this.#cite(advice);
    for (const [action, done] of this.#early) this.#hooks.onTick(this.#id, action, done);
    this.#early.clear();
    if (advice.engine?.startsWith('llm:')) this.#markRefined();
  }

  /** One tap calls those whom the advice pulls in; there once the advice has its id. */
  #offerHelp() {
    if (!this.#hooks.openRoom || !this.#id || !this.#help.hidden) return;
    this.#help.append(new HelpButton(this.#lang, () => this.#hooks.openRoom(this.#id), this.#hooks.announce).node);
    this.#help.hidden = false;
  }

  /** New words go where the old ones stand; what is new goes to the end, under "more". */
  #refined(advice) {
    for (const action of advice.actions ?? []) this.#items.get(action.id)?.reword(action);
    this.#rewordExtras(this.#goal, advice.goal ? [advice.goal] : []);
    this.#rewordExtras(this.#options, advice.options);
    this.#rewordExtras(this.#avoid, advice.avoid);
    for (const action of advice.actions ?? []) this.#action(action, this.#rest);
    this.#cite(advice);
    this.#markRefined();
  }

  /** Options and things to avoid have no ids: they keep their order, so that the place tells which is which. */
  #rewordExtras(list, entries) {
    const shown = this.#extras.filter((extra) => extra.list === list);
    if (shown.length !== (entries ?? []).length) return;
    shown.forEach((extra, place) => {
      extra.text = entries[place].text;
      extra.words.textContent = entries[place].text;
    });
  }

  #markRefined() {
    if (this.#head.querySelector('.refined')) return;
    this.#progress.before(h('span', { class: 'refined' }, this.#t('refined')));
  }

  #uncovered() {
    if (this.#top.querySelector('.uncovered')) return;
    this.#top.append(notice('uncovered', 'note', 'note', this.#t('uncovered'), this.#t('uncoveredDetail')));
  }

  /** What else limits this advice, in the server's words. */
  #notice({ covered, notice: words }) {
    if (covered === false || !words) return;
    this.#top.append(h('p', { class: 'limits', role: 'note' }, words));
  }

  #cite(advice) {
    const look = this.#shelf.take(advice.sources);
    for (const { id, sources } of advice.actions ?? []) this.#items.get(id)?.cite(look(sources));
    for (const { sources, cites } of this.#extras) {
      if (cites.childElementCount === 0) cites.append(...this.#buttons(look(sources)));
    }
    this.#listSources();
  }

  #buttons(cited) {
    return citeButtons(this.#lang, cited, (source, opener) => this.#hooks.onSource(source, this.#lang, opener));
  }

  #listSources() {
    const shown = this.#sources.querySelectorAll('.cite').length;
    if (shown > 0 && shown === this.#shelf.entries.length) return;
    const rows = this.#shelf.documents().map(({ title, version, entries }) =>
      h(
        'li',
        {},
        h('span', { class: 'source-name' }, title, h('small', {}, this.#t('version', { version }))),
        h('span', { class: 'cites' }, ...this.#buttons(entries)),
      ),
    );
    this.#sources.replaceChildren(h('h4', {}, this.#t('sources')), h('ul', { role: 'list' }, ...rows));
    this.#sources.hidden = rows.length === 0;
  }

  #tick(action, done) {
    if (this.#id === null) this.#early.set(action, done);
    else this.#hooks.onTick(this.#id, action, done);
    this.#count();
  }

  #count() {
    const done = [...this.#items.values()].filter((item) => item.done).length;
    this.#progress.textContent = done
      ? this.#t('ticked', { done, all: this.#items.size })
      : this.#t('tickHint');
  }

  #unfold(open) {
    this.#beyond.hidden = !open;
    this.#more.setAttribute('aria-expanded', String(open));
    this.#labelMore();
  }

  #labelMore() {
    const n = this.#beyond.querySelectorAll('li:not(.chip)').length;
    const label = this.#beyond.hidden ? this.#t('more', { n }) : this.#t('less');
    this.#more.replaceChildren(label, icon('down'));
    this.#more.hidden = false;
  }
}

function notice(kind, shape, role, title, detail) {
  const words = h('div', {}, h('strong', {}, title), h('p', {}, detail));
  return h('div', { class: `notice ${kind}`, role: role || null }, icon(shape), words);
}
