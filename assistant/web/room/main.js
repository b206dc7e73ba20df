/** One incident, worked through together: who comes, what is done, what is known. Made for a phone in one hand. */
import { h, icon } from '../chat/dom.js';
import { nameOf } from '../chat/names.js';
import { langOf } from '../chat/texts.js';
import { button, confirm, field, notice } from '../console/ui.js';
import { RoomLink } from './link.js';
import { Me, keep, remembered } from './me.js';
import { Person } from './person.js';
import { Relay } from './relay.js';
import { Step } from './step.js';
import { Story } from './story.js';
import { clock, followClock, inLang, t } from './texts.js';

const LANGUAGE = 'desk-language'; // the demo page's own: one choice holds for all pages
const TICK_MS = 1000;

class Page {
  #id = decodeURIComponent(location.pathname.split('/')[2] ?? '');
  #events = [];
  #shift = 0; // the server's clock minus this phone's, in ms
  #drawn = null;
  #people = new Map();
  #steps = new Map();
  #lost = false;
  #said = h('p', { class: 'unseen', role: 'status' });
  #frame = h('div', { class: 'frame' });
  #main = h('main', { id: 'content', tabindex: '-1' });
  #wrong = h('div', { class: 'wrong-place' });
  #connection = h('div', { class: 'wrong-place' });

  constructor() {
    this.lang = (remembered(LANGUAGE) ?? navigator.language).startsWith('zh') ? 'zh' : 'en';
    this.link = new RoomLink(this.#id);
    this.room = null;
    this.numbers = {};
    this.roles = new Map();
    document.body.append(this.#frame, this.#main, this.#said);
    this.#drawFrame();
    this.#main.append(h('p', { class: 'wait' }, this.#t('loading')));
    setInterval(() => document.hidden || this.#tick(), TICK_MS);
    // A phone that slept may have missed the end of its connection.
    document.addEventListener('visibilitychange', () => !document.hidden && this.#lost && this.start());
  }

  async start() {
    try {
      const answer = await this.link.read();
      this.room = answer.room;
      this.site = answer.room.site;
      this.#events = answer.events;
      this.numbers = answer.emergency_numbers;
      followClock(answer.at);
      this.#shift = Date.parse(answer.at) - Date.now();
      this.roles = new Map(answer.roles.map(({ id, name }) => [id, name]));
      for (const { id, name } of answer.room.parties) this.roles.set(id, name);
      this.#draw();
      this.link.watch(this.room.seq, { message: (said) => this.#take(said), state: (on) => this.#connected(on) });
    } catch (error) {
      const gone = error.status === 404;
      const again = gone ? null : button(this.#t('again'), () => this.start());
      const why = gone ? this.#t('gone') : error.kind === 'offline' ? this.#t('offline') : error.detail || error.message;
      this.#main.replaceChildren(h('h1', { tabindex: '-1' }, this.#t('page')), notice(this.#t('failed'), why, again));
    }
  }

  now() {
    return Date.now() + this.#shift;
  }

  announce(words) {
    this.#said.textContent = '';
    requestAnimationFrame(() => (this.#said.textContent = words));
  }

  mark(line, state) {
    return this.tell({ kind: state, party: line.id });
  }

  callAgain(line) {
    return this.tell({ kind: 'called', party: line.id });
  }

  tick(action, done) {
    return this.tell({ kind: done ? 'ticked' : 'unticked', action });
  }

  /** One event; where it fails, the same event can be sent again without harm. True once it is through. */
  tell(event) {
    const whole = { ...event, id: randomId(), by: this.#drawn.me.name };
    return this.attempt(() => this.link.tell(whole));
  }

  /** Does it, and says what went wrong with a button to try the same again. */
  async attempt(act) {
    this.#wrong.replaceChildren();
    try {
      await act();
      return true;
    } catch (error) {
      const why = error.kind === 'offline' ? this.#t('offline') : error.detail || error.message;
      const again = error.status === 409 ? null : button(this.#t('again'), () => this.attempt(act));
      this.#wrong.replaceChildren(notice(this.#t('failed'), why, again));
      this.#wrong.scrollIntoView({ block: 'nearest' });
      return false;
    }
  }

  #t(key, values) {
    return t(this.lang, key, values);
  }

  #take({ event, room }) {
    if (event.seq <= this.room.seq) return;
    this.room = room;
    this.#events.push(event);
    for (const { id, name } of room.parties) this.roles.set(id, name);
    const words = this.#drawn.story.add(event);
    this.#show();
    if (event.kind === 'escalated') this.announce(words); // the log speaks the rest
  }

  #connected(on) {
    if (on === !this.#lost) return;
    this.#lost = !on;
    const words = this.#t(on ? 'back' : 'lost');
    this.#connection.replaceChildren(on ? '' : h('p', { class: 'note', role: 'note' }, words));
    this.announce(words);
  }

  #tick() {
    const closed = this.room?.closed_at !== null;
    for (const person of this.#people.values()) person.tick(closed);
  }

  #drawFrame() {
    document.documentElement.lang = this.lang;
    const choices = [['zh', '中文'], ['en', 'English']].map(([lang, name]) =>
      h('button', { type: 'button', lang, 'aria-pressed': String(lang === this.lang), on: { click: () => this.#speak(lang) } }, name),
    );
    const bar = h(
      'header',
      { class: 'bar' },
      h('p', { class: 'house' }, h('span', { class: 'name' }, 'Improv'), h('span', { class: 'desk' }, this.#t('page'))),
      h('div', { class: 'languages', role: 'group', 'aria-label': this.#t('language') }, ...choices),
    );
    this.#frame.replaceChildren(h('a', { class: 'skip', href: '#content' }, this.#t('skip')), bar);
  }

  #draw() {
    const { room } = this;
    this.#people.clear();
    this.#steps.clear();
    const title = inLang(room.summary, this.lang) || this.#t('title');
    document.title = `${title} · Improv`;
    const actions = new Map(room.checks.map(({ id, text }) => [id, text]));
    const drawn = {
      top: h('div', { class: 'top' }),
      me: new Me(this),
      people: h('ul', { class: 'people', role: 'list' }),
      steps: h('ol', { class: 'steps', role: 'list' }),
      progress: h('span', { class: 'count' }),
      story: new Story(this.lang, this.roles, actions),
      relay: new Relay(this),
    };
    this.#drawn = drawn;
    for (const event of this.#events) drawn.story.add(event);
    const words = h('blockquote', { class: 'told', lang: langOf(room.words) }, room.words);
    const told = h('div', {}, h('p', { class: 'hint' }, this.#t('told')), words);
    const stepsHead = h('div', { class: 'part-head' }, h('h2', {}, this.#t('steps')), drawn.progress);
    this.#main.replaceChildren(
      h('h1', { tabindex: '-1' }, title),
      drawn.top,
      told,
      this.#connection,
      this.#wrong,
      drawn.me.node,
      h('section', { class: 'part' }, h('h2', {}, this.#t('others')), drawn.people, this.#callElse()),
      h('section', { class: 'part' }, stepsHead, drawn.steps),
      h('section', { class: 'part' }, h('h2', {}, this.#t('notes')), this.#noting(), drawn.story.node),
      drawn.relay.node,
      this.#closing(),
    );
    this.#show();
  }

  #show() {
    const { room } = this;
    const drawn = this.#drawn;
    const closed = room.closed_at !== null;
    drawn.top.replaceChildren(...this.#facts(room, closed));
    drawn.me.show(room);
    for (const line of room.parties) this.#showPerson(line, closed);
    for (const line of room.checks) this.#showStep(line, closed);
    const done = room.checks.filter(({ done_at: at }) => at !== null).length;
    drawn.progress.textContent = this.#t('stepsDone', { done, all: room.checks.length });
    this.callBox.hidden = closed;
    this.closeBox.hidden = closed;
    drawn.relay.show(closed);
  }

  #showPerson(line, closed) {
    if (!this.#people.has(line.id)) {
      const person = new Person(this, line);
      this.#people.set(line.id, person);
      this.#drawn.people.append(person.node);
    }
    this.#people.get(line.id).show(line, closed);
  }

  #showStep(line, closed) {
    if (!this.#steps.has(line.id)) {
      const step = new Step(this, line);
      this.#steps.set(line.id, step);
      this.#drawn.steps.append(step.node);
    }
    this.#steps.get(line.id).show(line, closed);
  }

  #facts(room, closed) {
    const values = { site: inLang(room.site_name, this.lang), time: clock(room.opened_at), by: room.opened_by };
    const lines = [h('p', { class: 'facts' }, this.#t(room.opened_by ? 'sinceBy' : 'since', values))];
    if (room.hazard !== 'none') lines.push(pill('danger', this.#t('danger', { name: nameOf(this.lang, room.hazard) })));
    if (room.keeper && !closed) lines.push(h('p', { class: 'facts' }, this.#t('keeper', { name: room.keeper })));
    if (closed) {
      const ended = { time: clock(room.closed_at), by: room.closed_by };
      const words = this.#t(room.closed_by ? 'closedBy' : 'closedAt', ended);
      lines.push(h('p', { class: 'note', role: 'note' }, [words, room.outcome].filter(Boolean).join('。')));
    } else if (room.unheard) {
      const numbers = [...new Set(Object.values(this.numbers))].join(' · ');
      lines.push(notice(this.#t('unheard'), this.#t('unheardDetail', { numbers })));
    }
    return lines;
  }

  #callElse() {
    const select = h('select', { id: 'call-else' });
    for (const [id, name] of this.roles) select.append(h('option', { value: id }, inLang(name, this.lang)));
    const go = button(this.#t('call'), () => this.tell({ kind: 'called', party: select.value }));
    this.callBox = h('div', { class: 'with-button' }, field(this.#t('callElse'), select), go);
    return this.callBox;
  }

  #noting() {
    const text = h('textarea', { id: 'note', rows: '2', maxlength: '1000', placeholder: this.#t('noteHint') });
    const send = async () => {
      const words = text.value.trim();
      if (words && (await this.tell({ kind: 'note', text: words }))) text.value = '';
      text.focus();
    };
    text.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      send();
    });
    return h('div', { class: 'with-button' }, field(this.#t('note'), text), button(this.#t('send'), send, { kind: 'main' }));
  }

  #closing() {
    const ask = async () => {
      const words = { title: this.#t('closeTitle'), detail: this.#t('closeDetail'), yes: this.#t('closeYes') };
      if (await confirm({ t: (key) => this.#t(key) }, words)) await this.tell({ kind: 'closed' });
    };
    this.closeBox = h('div', { class: 'closing' }, button(this.#t('close'), ask));
    return this.closeBox;
  }

  #speak(lang) {
    this.lang = lang;
    keep(LANGUAGE, lang);
    this.#drawFrame();
    if (this.room) this.#draw();
    this.#frame.querySelector(`.languages [lang="${lang}"]`).focus();
  }
}

function pill(kind, words) {
  return h('p', { class: `flag ${kind}` }, icon('alert'), words);
}

/** Not randomUUID: that is there on secure pages only, and a house network often has none. */
function randomId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

new Page().start();
