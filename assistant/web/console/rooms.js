/** Rooms that are open, with the way in; and calls that reached nobody, to be sent again. */
import { h } from '../chat/dom.js';
import { inLang, momentOf } from './texts.js';
import { button, facts, link, notice } from './ui.js';

export class RoomsView {
  #app;
  #rooms = h('ol', { class: 'gaps', role: 'list' });
  #calls = h('ol', { class: 'gaps', role: 'list' });
  #wrong = h('div', { class: 'wrong-place' });

  constructor(app) {
    this.#app = app;
  }

  async node() {
    const t = (...given) => this.#app.t(...given);
    await this.#fill();
    return h(
      'div',
      { class: 'view' },
      h('div', { class: 'head' }, h('div', {}, h('h1', {}, t('rooms')), h('p', { class: 'lead' }, t('roomsLead')))),
      this.#wrong,
      this.#rooms,
      h('div', {}, h('h2', {}, t('deadCalls')), h('p', { class: 'hint' }, t('deadCallsLead'))),
      this.#calls,
    );
  }

  async #fill() {
    const { pages } = await this.#app.api.get('/api/pages?status=dead');
    const { sites } = await this.#app.api.get('/api/sites');
    const lists = await Promise.all(sites.map(({ id }) => this.#app.api.get(`/api/rooms?site=${encodeURIComponent(id)}`)));
    const rooms = lists.flatMap((list) => list.rooms).sort((a, b) => (a.opened_at < b.opened_at ? 1 : -1));
    this.#show(this.#rooms, rooms.map((room) => this.#room(room)), 'noRooms');
    this.#show(this.#calls, pages.map((page) => this.#call(page)), 'noDeadCalls');
  }

  #show(list, rows, none) {
    list.replaceChildren(...(rows.length ? rows : [h('li', { class: 'empty' }, this.#app.t(none))]));
  }

  #room(room) {
    const { lang } = this.#app;
    const done = room.checks.filter(({ done_at: at }) => at !== null).length;
    const waiting = room.parties.filter(({ state, outside }) => state === 'called' && !outside).length;
    const title = inLang(room.summary, lang);
    const words = title.words || room.words;
    return h(
      'li',
      { class: 'gap' },
      h(
        'div',
        { class: 'gap-said' },
        h('p', { class: 'gap-text', lang: title.words ? title.lang : room.lang }, words),
        facts(
          momentOf(lang, room.opened_at),
          inLang(room.site_name, lang).words,
          this.#app.t('roomSteps', { done, all: room.checks.length }),
          waiting > 0 && h('strong', {}, this.#app.t('roomWaiting', { n: waiting })),
          room.unheard && h('strong', {}, this.#app.t('roomUnheard')),
        ),
      ),
      h('div', { class: 'buttons' }, link(this.#app.t('enterRoom'), `/room/${room.id}`, { kind: 'plain', 'aria-label': `${this.#app.t('enterRoom')}: ${words}` })),
    );
  }

  #call(page) {
    const { lang } = this.#app;
    const party = inLang(page.party_name, lang).words || page.party;
    const again = button(this.#app.t('resend'), (event) => this.#resend(page, event.currentTarget), {
      label: `${this.#app.t('resend')}: ${party}, ${page.target}`,
    });
    return h(
      'li',
      { class: 'gap' },
      h(
        'div',
        { class: 'gap-said' },
        h('p', { class: 'gap-text' }, party),
        facts(momentOf(lang, page.made_at), h('code', {}, page.site), h('code', {}, page.target), this.#app.t('attempts', { n: page.attempts })),
        h('p', { class: 'nearest', lang: 'en' }, page.error),
      ),
      h('div', { class: 'buttons' }, again),
    );
  }

  async #resend(page, pressed) {
    this.#wrong.replaceChildren();
    try {
      const row = pressed.closest('.gap');
      const next = row.nextElementSibling ?? row.previousElementSibling;
      await this.#app.api.post(`/api/pages/${page.id}/resend`, {});
      row.remove();
      if (this.#calls.childElementCount === 0) this.#show(this.#calls, [], 'noDeadCalls');
      this.#app.announce(this.#app.t('resent'));
      (next?.querySelector('button') ?? document.querySelector('h1')).focus();
    } catch (error) {
      this.#wrong.replaceChildren(notice(this.#app.t('failed'), this.#app.why(error)));
    }
  }
}
