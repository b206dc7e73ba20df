/** One conversation with the server: asking, restoring, ticking. It draws nothing. */
import { Problem } from './api.js';
import { eventsOf } from './stream.js';

const PATIENCE_MS = 30_000; // without a word from the server, until the advice is complete

export class Session {
  #api;
  #memory;
  #who;
  #posts = Promise.resolve(); // ticks reach the server in the order in which they were made

  constructor(api, memory, { site, role, staff }) {
    this.#api = api;
    this.#memory = memory;
    this.#who = { ...(site && { site }), ...(role && { role }), ...(staff && { staff }) };
  }

  /**
   * The events for one message. `lang` only where the person insists on one. Ends quietly when
   * stopped; throws a Problem when it fails before the advice is complete.
   */
  async *ask(text, { lang, controller }) {
    let complete = false;
    let timer;
    const wait = () => {
      clearTimeout(timer);
      if (!complete) timer = setTimeout(() => controller.abort(new Problem('slow')), PATIENCE_MS);
    };
    wait();
    try {
      for await (const happened of this.#events(text, lang, controller.signal)) {
        if (happened.event === 'error') throw new Problem('failed', happened.data ?? {});
        if (happened.event === 'done') {
          complete = true;
          this.#remember(happened.data.conversation);
        }
        wait();
        yield happened;
      }
      if (!complete) throw new Problem('broken');
    } catch (error) {
      const cause = controller.signal.reason instanceof Problem ? controller.signal.reason : error;
      if (complete || (controller.signal.aborted && cause === error)) return;
      throw cause instanceof Problem ? cause : new Problem('broken');
    } finally {
      clearTimeout(timer);
    }
  }

  async *#events(text, lang, signal) {
    const guidance = this.#memory.guidance;
    const body = { text, ...this.#who, ...(lang && { lang }), ...(guidance && { guidance }) };
    const response = await this.#open(body, signal);
    if (response.headers.get('Content-Type')?.includes('json')) {
      yield { event: 'done', data: await response.json() };
    } else {
      yield* eventsOf(response);
    }
  }

  async #open(body, signal) {
    const conversation = this.#memory.conversation; // where the server no longer has it, a new one begins
    if (!conversation) return this.#api.suggest(body, signal);
    try {
      return await this.#api.suggest({ ...body, conversation }, signal);
    } catch (error) {
      if (error.status !== 404) throw error;
      return this.#api.suggest(body, signal);
    }
  }

  #remember(conversation) {
    if (typeof conversation === 'string') this.#memory.conversation = conversation;
  }

  /** The turns so far, with ticks that only this browser knows laid over them. */
  async restore() {
    const id = this.#memory.conversation;
    if (!id) return [];
    try {
      const { turns = [] } = await this.#api.conversation(id);
      const ticks = this.#memory.ticks;
      return turns.map((turn) => this.#withTicks(turn, ticks[turn.advice?.id] ?? {}));
    } catch (error) {
      if (error.status !== 404) throw error;
      this.forget();
      return [];
    }
  }

  #withTicks(turn, ticks) {
    const done = new Set(turn.done ?? []);
    for (const [action, isDone] of Object.entries(ticks)) {
      if (isDone) done.add(action);
      else done.delete(action);
      this.tick(turn.advice.id, action, isDone);
    }
    return { ...turn, done };
  }

  /** What is kept for the guest of one advice: {resource: {id, site, until}}; what is over is left out. */
  kept(adviceId) {
    const held = Object.entries(this.#memory.kept[adviceId] ?? {});
    return new Map(held.filter(([, { until }]) => Date.parse(until) > Date.now()));
  }

  async reserve(site, { advice, action, resource }) {
    const made = await this.#api.reserve(site, { id: randomId(), resource, advice, action });
    this.#memory.keepReservation(advice, resource, { id: made.id, site, until: made.until });
    return made;
  }

  async release({ advice, resource }) {
    const { id, site } = this.kept(advice).get(resource) ?? {};
    if (id) await this.#api.release(site, id);
    this.#memory.keepReservation(advice, resource, null);
  }

  /** The address of the advice's incident room. */
  openRoom(advice) {
    return this.#api.openRoom(advice, this.#who.staff ?? '');
  }

  get id() {
    return this.#memory.conversation;
  }

  forget() {
    this.#memory.conversation = null;
  }

  resume(id) {
    this.#memory.conversation = id;
  }

  /** Remembered first, then told to the server; a failure is made good at the next restore. */
  tick(adviceId, action, done) {
    this.#memory.keepTick(adviceId, action, done);
    this.#posts = this.#posts.then(() => this.#post(adviceId, action, done));
    return this.#posts;
  }

  async #post(adviceId, action, done) {
    try {
      await this.#api.tick(adviceId, action, done);
    } catch (error) {
      if (error.status !== 404) return; // 404: no such advice any more, nothing to keep
    }
    if (this.#memory.ticks[adviceId]?.[action] === done) this.#memory.dropTick(adviceId, action);
  }
}

/** Not randomUUID: that is there on secure pages only, and a house network often has none. */
function randomId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
