/** The conversation with the guest. */
import { h } from '../chat/dom.js';
import { button, confirm, facts, notice } from '../console/ui.js';
import { Mood } from '../training/mood.js';
import { difficultyName, outcomeName } from '../training/names.js';
import { guestSaid, heardIn, staffSaid } from '../training/talk.js';
import { Composer } from './composer.js';
import { memory } from './memory.js';
import { canSpeak, silence, speak } from './voice.js';

const SLOW_MS = 4000;

export class PlayView {
  #app;
  #id;
  #session;
  #mood;
  #composer;
  #log = h('ol', { class: 'talk', role: 'list' });
  #wrong = h('div', { class: 'wrong-place' });
  #foot = h('div', { class: 'foot' });
  #guest = '';
  #turn = 0;
  #state = null;
  #ended = false;

  constructor(app, { id }) {
    this.#app = app;
    this.#id = id;
  }

  async node() {
    const t = (...given) => this.#app.t(...given);
    const session = await this.#app.api.get(`/api/drills/${encodeURIComponent(this.#id)}`);
    this.#session = session;
    this.#turn = session.turns.length;
    this.#guest = await this.#guestName();
    this.#mood = new Mood(this.#app.lang, t('mood'));
    this.#mood.show(session.turns.at(-2)?.state ?? session.state);
    this.#mood.show(session.state);
    this.#state = session.state;
    memory.note(this.#id, { scenario: session.scenario, title: session.title, lang: session.lang, turn: this.#turn });
    this.#log.setAttribute('aria-label', t('talk'));
    this.#log.append(guestSaid(this.#guest, session.opening, session.lang));
    session.turns.forEach((turn, place) => this.#append(turn, place ? session.turns[place - 1].state : null));
    this.#composer = new Composer(this.#app, session.lang, {
      say: (text) => this.#say(text),
      hint: () => this.#hint(),
      pause: () => this.#pause(),
      end: () => this.#end(),
    });
    this.#composer.count(this.#turn);
    this.#foot.replaceChildren(this.#composer.node);
    if (session.ended) this.#over(session.outcome);
    return h(
      'div',
      { class: 'view play' },
      h('div', { class: 'head' }, h('div', {}, h('h1', { lang: session.lang }, session.title), facts(difficultyName(this.#app.lang, session.difficulty), session.parent ? t('retryFrom', { n: session.from_turn }) : null))),
      h('details', { class: 'fold panel brief' }, h('summary', {}, t('briefing')), h('p', { lang: session.lang }, session.briefing)),
      h('aside', { class: 'panel mood-panel', 'aria-label': t('mood') }, this.#mood.node),
      h('section', { class: 'stage', 'aria-label': t('talk') }, this.#log, this.#wrong, this.#foot),
    );
  }

  /** Once the view stands on the page. */
  shown() {
    this.#down();
    if (this.#ended) return;
    this.#composer.focus();
    if (this.#turn === 0) this.#hear(this.#session.opening);
  }

  leave() {
    silence();
    this.#composer?.leave();
  }

  async #guestName() {
    const { scenarios } = await this.#app.api.get('/api/drills/scenarios');
    const own = scenarios.find((one) => one.id === this.#session.scenario);
    return own?.guest?.[this.#session.lang] ?? this.#app.t('guest');
  }

  /** `before`: how the guest stood then; null at the beginning, which only the debrief knows. */
  #append(turn, before) {
    const { lang } = this.#session;
    const { text, guest } = turn;
    const evidence = before || turn.evidence.length ? heardIn(turn, before ?? turn.state) : null;
    this.#log.append(staffSaid(this.#app.t('you'), text, lang, evidence, this.#app.lang), guestSaid(this.#guest, guest, lang));
  }

  async #say(text) {
    silence();
    this.#wrong.replaceChildren();
    const { lang } = this.#session;
    const waiting = staffSaid(this.#app.t('you'), text, lang, null, this.#app.lang);
    waiting.classList.add('waiting');
    this.#log.append(waiting);
    this.#down();
    const slow = setTimeout(() => this.#slow(), SLOW_MS);
    try {
      const answer = await this.#app.api.post(`/api/drills/${encodeURIComponent(this.#id)}/turns`, { text });
      this.#turn = answer.turn;
      waiting.remove();
      this.#wrong.replaceChildren();
      this.#append({ text, ...answer }, this.#state);
      this.#state = answer.state;
      const changed = this.#mood.show(answer.state);
      memory.note(this.#id, { turn: this.#turn, ended: answer.ended });
      this.#hear(answer.guest, changed);
      this.#composer.count(this.#turn);
      if (answer.ended) this.#over(answer.outcome);
      this.#down();
      return true;
    } catch (error) {
      waiting.remove();
      this.#wrong.replaceChildren(notice(this.#app.t('notSaid'), this.#app.why(error)));
      return false;
    } finally {
      clearTimeout(slow);
    }
  }

  /** The very first reply on a new installation waits until the ear for moves is trained. */
  #slow() {
    this.#wrong.replaceChildren(h('p', { class: 'wait', role: 'status' }, this.#app.t('slow')));
  }

  /** The guest's words for screen readers and, if wanted, aloud. */
  #hear(words, changed = '') {
    const { lang } = this.#session;
    const aside = changed && lang === this.#app.lang ? ` (${changed})` : '';
    this.#app.announce(`${this.#guest}: ${words}${aside}`, lang);
    if (memory.voice.speak && canSpeak()) speak(words, lang);
  }

  async #hint() {
    try {
      const hint = await this.#app.api.post(`/api/drills/${encodeURIComponent(this.#id)}/hint`, {});
      const { lang } = this.#session;
      const t = (...given) => this.#app.t(...given);
      const words = h('p', { lang }, h('strong', {}, hint.text), hint.say ? h('q', {}, hint.say) : null);
      const cost = h('p', { class: 'hint' }, t('hintCost', { n: hint.cost, taken: hint.taken, all: hint.cost * hint.taken }));
      this.#log.append(h('li', { class: 'said aside' }, h('p', { class: 'who' }, t('hint')), words, cost));
      this.#app.announce([hint.text, hint.say].filter(Boolean).join(' '), lang);
      this.#down();
    } catch (error) {
      this.#wrong.replaceChildren(notice(this.#app.t('failed'), this.#app.why(error)));
    }
    this.#composer.focus();
  }

  #pause() {
    silence();
    const t = (...given) => this.#app.t(...given);
    const on = button(t('resume'), () => {
      this.#foot.replaceChildren(this.#composer.node);
      this.#composer.focus();
      this.#app.announce(t('resumed'));
    }, { kind: 'main' });
    this.#foot.replaceChildren(h('div', { class: 'panel paused' }, h('h2', {}, t('paused')), h('p', {}, t('pausedWhy')), h('div', { class: 'buttons' }, on)));
    on.focus();
    this.#app.announce(`${t('paused')}. ${t('pausedWhy')}`);
  }

  async #end() {
    const t = (...given) => this.#app.t(...given);
    if (this.#turn === 0) {
      memory.forget(this.#id);
      this.#app.go('#/drills');
      return;
    }
    if (await confirm(this.#app, { title: t('endAsk'), detail: t('endWhy'), yes: t('end') })) this.#debrief();
    else this.#composer.focus();
  }

  #debrief() {
    this.#app.go(`#/debrief/${encodeURIComponent(this.#id)}`);
  }

  #over(outcome) {
    this.#ended = true;
    const t = (...given) => this.#app.t(...given);
    memory.note(this.#id, { ended: true });
    const go = button(t('toDebrief'), () => this.#debrief(), { kind: 'main' });
    this.#foot.replaceChildren(h('div', { class: `panel over ${outcome}` }, h('h2', {}, outcomeName(this.#app.lang, outcome)), h('div', { class: 'buttons' }, go)));
    if (this.#log.isConnected) go.focus({ preventScroll: true });
  }

  #down() {
    // The foot is sticky, so it is in sight already; what was said last is not.
    window.scrollTo({ top: document.documentElement.scrollHeight });
  }
}
