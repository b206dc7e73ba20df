/** Who plays now, and looking on. */
import { h } from '../chat/dom.js';
import { facts, link, notice } from '../console/ui.js';
import { Mood } from '../training/mood.js';
import { difficultyName, inLang, momentName, outcomeName } from '../training/names.js';
import { guestSaid, heardIn, staffSaid } from '../training/talk.js';

const LIST_MS = 5000;
const WATCH_MS = 2000;

/** Asks again and again while the view stands there and the page is looked at. */
class Again {
  #timer = 0;
  #gone = false;

  constructor(act, wait) {
    const round = async () => {
      if (this.#gone) return;
      if (!document.hidden) await act();
      if (!this.#gone) this.#timer = setTimeout(round, wait);
    };
    this.#timer = setTimeout(round, wait);
  }

  stop() {
    this.#gone = true;
    clearTimeout(this.#timer);
  }
}

export class LiveView {
  #app;
  #again = null;
  #list = h('ul', { class: 'rows', role: 'list' });
  #wrong = h('div', { class: 'wrong-place' });

  constructor(app) {
    this.#app = app;
  }

  async node() {
    const t = (...given) => this.#app.t(...given);
    await this.#fill();
    this.#again = new Again(() => this.#quietly(), LIST_MS);
    return h('div', { class: 'view' }, h('div', { class: 'head' }, h('div', {}, h('h1', {}, t('live')), h('p', { class: 'lead' }, t('liveLead')))), this.#wrong, this.#list);
  }

  leave() {
    this.#again?.stop();
  }

  async #quietly() {
    try {
      await this.#fill();
      this.#wrong.replaceChildren();
    } catch (error) {
      this.#wrong.replaceChildren(notice(this.#app.t('failed'), this.#app.why(error)));
    }
  }

  async #fill() {
    const { attempts } = await this.#app.api.get('/api/training/running');
    const focused = document.activeElement?.getAttribute('href');
    const rows = attempts.map((one) => this.#row(one));
    this.#list.replaceChildren(...(rows.length ? rows : [h('li', { class: 'empty' }, this.#app.t('nobodyPlays'))]));
    if (focused) this.#list.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  }

  #row(one) {
    const t = (...given) => this.#app.t(...given);
    const title = inLang(one.title, this.#app.lang);
    return h(
      'li',
      { class: 'row' },
      h('div', { class: 'row-head' }, h('a', { class: 'row-link', href: `#/watch/${encodeURIComponent(one.id)}` }, one.trainee), h('span', { lang: title.lang }, title.words)),
      facts(difficultyName(this.#app.lang, one.difficulty), t('turnsSaid', { n: one.turns, hints: one.hints }), t('since', { at: momentName(this.#app.lang, one.started_at) })),
    );
  }
}

export class WatchView {
  #app;
  #id;
  #again = null;
  #seen = -1;
  #mood;
  #log = h('ol', { class: 'talk', role: 'list' });
  #state = h('p', { class: 'watch-state', role: 'status' });

  constructor(app, { id }) {
    this.#app = app;
    this.#id = id;
  }

  async node() {
    const t = (...given) => this.#app.t(...given);
    const session = await this.#load();
    this.#mood = new Mood(this.#app.lang, t('mood'));
    this.#log.append(guestSaid(t('guest'), session.opening, session.lang));
    this.#show(session);
    if (!session.ended) this.#again = new Again(() => this.#round(), WATCH_MS);
    return h(
      'div',
      { class: 'view watch' },
      link(t('live'), '#/live', { kind: 'back' }),
      h('div', { class: 'head' }, h('div', {}, h('h1', { lang: session.lang }, session.title), this.#state)),
      h('aside', { class: 'panel', 'aria-label': t('mood') }, this.#mood.node),
      h('div', { class: 'stage' }, h('details', { class: 'fold panel' }, h('summary', {}, t('briefing')), h('p', { lang: session.lang }, session.briefing)), h('div', { role: 'log', 'aria-label': t('talk') }, this.#log)),
    );
  }

  leave() {
    this.#again?.stop();
  }

  #load() {
    return this.#app.api.get(`/api/drills/${encodeURIComponent(this.#id)}`);
  }

  async #round() {
    try {
      const session = await this.#load();
      this.#show(session);
      if (session.ended) this.leave();
    } catch (error) {
      this.#state.textContent = this.#app.why(error);
    }
  }

  #show(session) {
    const t = (...given) => this.#app.t(...given);
    const words = session.ended ? outcomeName(this.#app.lang, session.outcome) : t('watching', { n: session.turns.length, hints: session.hints });
    if (this.#state.textContent !== words) this.#state.textContent = words;
    if (session.turns.length === this.#seen) return;
    session.turns.forEach((turn, place) => {
      if (place < this.#seen) return;
      const evidence = place ? heardIn(turn, session.turns[place - 1].state) : turn.evidence.length ? turn.evidence : null;
      this.#log.append(staffSaid(t('trainee'), turn.text, session.lang, evidence, this.#app.lang), guestSaid(t('guest'), turn.guest, session.lang));
    });
    this.#seen = session.turns.length;
    this.#mood.show(session.state);
    if (this.#log.isConnected) this.#log.lastElementChild.scrollIntoView({ block: 'nearest' });
  }
}
