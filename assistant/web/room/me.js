/** Who is holding this phone: name and role, kept on it; big buttons for how far they are; alerts. */
import { h } from '../chat/dom.js';
import { button, field } from '../console/ui.js';
import { alertsPossible, kept, serverKey, switchOff, switchOn } from './alerts.js';
import { StateButtons } from './person.js';
import { inLang, t } from './texts.js';

const NAME = 'improv-name';
const ROLE = 'improv-room-role';

export class Me {
  #page;
  #select = h('select', { id: 'me-role' });
  #name = h('input', { id: 'me-name', autocomplete: 'nickname', maxlength: '60' });
  #states = h('div', { class: 'mine' });
  #alerts = h('div', { class: 'alerts' });
  #buttons = null;
  #role;

  /** `page`: lang, site, room, roles (id → name), mark(line, state), attempt(act), announce(words). */
  constructor(page) {
    this.#page = page;
    this.#role = new URLSearchParams(location.hash.slice(1)).get('as') ?? remembered(ROLE) ?? '';
    this.#name.value = remembered(NAME) ?? '';
    this.#name.addEventListener('change', () => keep(NAME, this.#name.value.trim()));
    this.#select.addEventListener('change', () => this.#choose(this.#select.value));
    const title = h('h2', { id: 'me-title', class: 'unseen' }, t(page.lang, 'me'));
    const who = h('div', { class: 'pair' }, field(t(page.lang, 'iAm'), this.#select), field(t(page.lang, 'myName'), this.#name));
    this.node = h('section', { class: 'panel me', 'aria-labelledby': 'me-title' }, title, who, this.#states, this.#alerts);
    this.#offerAlerts();
  }

  /** How events of this phone are signed. */
  get name() {
    const role = this.#page.roles.get(this.#role);
    return this.#name.value.trim() || (role ? inLang(role, this.#page.lang) : '') || t(this.#page.lang, 'somebody');
  }

  show(room) {
    const { lang, roles } = this.#page;
    const ids = room.parties.filter(({ outside }) => !outside).map(({ id }) => id);
    const wanted = ['', ...ids];
    if (!wanted.includes(this.#role)) this.#role = '';
    if (wanted.join() !== [...this.#select.options].map(({ value }) => value).join()) {
      const option = (id) => h('option', { value: id }, id ? inLang(roles.get(id), lang) || id : t(lang, 'watching'));
      this.#select.replaceChildren(...wanted.map(option));
    }
    this.#select.value = this.#role;
    const line = room.parties.find(({ id }) => id === this.#role);
    if (!line) {
      this.#buttons = null;
      this.#states.replaceChildren();
      return;
    }
    if (this.#buttons?.role !== line.id) {
      const states = new StateButtons(lang, t(lang, 'mine'), (state) => this.#page.mark({ id: this.#role }, state));
      this.#buttons = { role: line.id, states };
      this.#states.replaceChildren(states.node);
    }
    this.#buttons.states.show(line.state, room.closed_at !== null);
  }

  #choose(role) {
    this.#role = role;
    keep(ROLE, role);
    this.show(this.#page.room);
    this.#drawAlerts();
  }

  async #offerAlerts() {
    if (!alertsPossible()) return;
    this.key = await serverKey().catch(() => '');
    this.#drawAlerts();
  }

  #drawAlerts() {
    const { lang, site, roles } = this.#page;
    const on = kept();
    const role = roles.get(this.#role);
    if (!this.key || (!on && !role)) {
      this.#alerts.replaceChildren();
    } else if (on) {
      this.#alerts.replaceChildren(button(t(lang, 'pushOff'), () => this.#switch(() => switchOff())));
    } else {
      const words = t(lang, 'push', { name: inLang(role, lang) });
      this.#alerts.replaceChildren(
        button(words, () => this.#switch(() => switchOn(this.key, { site, role: this.#role, lang }), 'pushOn')),
      );
    }
  }

  #switch(act, done) {
    return this.#page.attempt(async () => {
      const agreed = await act();
      if (agreed === false) this.#page.announce(t(this.#page.lang, 'pushDenied'));
      else if (done) this.#page.announce(t(this.#page.lang, done));
      this.#drawAlerts();
    });
  }
}

export function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is forbidden here
  }
}

export function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // It holds for this page all the same.
  }
}
