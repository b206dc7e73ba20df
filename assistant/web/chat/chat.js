/** The conversation on the screen: asking, stopping, trying again, coming back to it. */
import { h, keepPlace } from './dom.js';
import { t } from './texts.js';
import { Turn } from './turn.js';

export class Chat {
  #session;
  #hooks;
  #lang = 'en';
  #forced = null;
  #current = null; // the AbortController of the question now being answered
  #open = new Set(); // of every stream not yet at its end
  #turns = new Map(); // node → Turn
  #previous = null; // the conversation left by "new conversation"
  #restored = null;
  #empty;
  #log = h('div', { class: 'log', tabindex: '0', role: 'region' });

  /**
   * `empty` is the view shown while nothing has been said. `hooks`: announce(text, lang),
   * onSource(source, lang, opener), onBusy(bool), onSettled(text, sent) once a question is through,
   * onAgain(text).
   */
  constructor(session, empty, hooks) {
    this.#session = session;
    this.#empty = empty;
    this.#hooks = {
      ...hooks,
      onTick: (adviceId, action, done) => session.tick(adviceId, action, done),
      kept: (adviceId) => session.kept(adviceId),
      reserve: (site, wanted) => session.reserve(site, wanted),
      release: (kept) => session.release(kept),
      openRoom: (adviceId) => session.openRoom(adviceId),
    };
    this.node = this.#log;
    this.#log.append(empty.node);
  }

  speak(lang, forced) {
    this.#lang = lang;
    this.#forced = forced;
    this.#log.setAttribute('aria-label', t(lang, 'log'));
    this.#empty.speak(lang);
  }

  /** Reads the stored conversation once; a failure is tried again at the next call. */
  restore() {
    this.#restored ??= this.#restore().catch(() => {
      this.#restored = null;
    });
    return this.#restored;
  }

  async #restore() {
    const turns = await this.#session.restore();
    if (this.#turns.size > 0) return; // somebody was faster and has asked already
    for (const { text, advice, done } of turns) {
      const turn = this.#add(text);
      turn.restore(advice, done);
    }
    this.showLast();
  }

  /** Puts the newest turn at the top, where its card is read from the start. */
  showLast() {
    const turn = [...this.#turns.values()].at(-1);
    if (turn) this.#log.scrollTop = turn.node.offsetTop + turn.skip - 12;
  }

  async ask(text) {
    this.stop();
    const turn = this.#add(text);
    const controller = this.#begin();
    turn.wait();
    this.showLast();
    try {
      for await (const happened of this.#session.ask(text, { lang: this.#forced, controller })) {
        if (happened.event === 'refined') keepPlace(this.#log, '.step-text, .say, li, .question', () => turn.take(happened));
        else turn.take(happened);
        if (happened.event === 'done') this.#settle(controller, text, true);
      }
      if (!turn.complete) this.#stopped(turn);
    } catch (problem) {
      this.#failed(turn, problem);
    } finally {
      this.#open.delete(controller);
      this.#settle(controller, text, false);
    }
  }

  stop() {
    this.#current?.abort();
  }

  /** Clears the screen; the conversation left behind can be called back. */
  startAnew() {
    const left = this.#session.id;
    this.leave();
    this.#current = null;
    this.#hooks.onBusy(false);
    this.#session.forget();
    this.#previous = left ?? this.#previous;
    this.#clear();
    this.#empty.offerBack(this.#previous ? () => this.#goBack() : null);
  }

  /** Ends every stream. */
  leave() {
    for (const controller of this.#open) controller.abort();
  }

  #goBack() {
    this.#session.resume(this.#previous);
    this.#previous = null;
    this.#empty.offerBack(null);
    this.#restored = null;
    this.#log.focus({ preventScroll: true });
    return this.restore();
  }

  #begin() {
    const controller = new AbortController();
    this.#current = controller;
    this.#open.add(controller);
    this.#hooks.onBusy(true);
    return controller;
  }

  #settle(controller, text, sent) {
    if (this.#current !== controller) return;
    this.#current = null;
    this.#hooks.onBusy(false);
    this.#hooks.onSettled(text, sent);
  }

  #stopped(turn) {
    if (turn.useful) turn.stopped();
    else this.#remove(turn);
  }

  #failed(turn, problem) {
    turn.fail(problem, () => {
      this.#remove(turn);
      this.#hooks.onAgain(turn.text);
    });
  }

  #add(text) {
    const turn = new Turn(text, this.#lang, this.#hooks);
    this.#turns.set(turn.node, turn);
    this.#empty.node.remove();
    this.#log.append(turn.node);
    return turn;
  }

  #remove(turn) {
    this.#turns.delete(turn.node);
    turn.node.remove();
    if (this.#turns.size === 0) this.#clear();
  }

  #clear() {
    this.#turns.clear();
    this.#log.replaceChildren(this.#empty.node);
    this.#log.scrollTop = 0;
  }
}
