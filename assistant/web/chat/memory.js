/**
 * What the browser remembers for one server and site. Storage may be full, switched off or
 * forbidden to a third party; then the widget works on and merely forgets.
 */
export class Memory {
  #scope;

  constructor(server, site) {
    this.#scope = `improv|${server}|${site}|`;
  }

  get conversation() {
    return this.#read('localStorage', 'conversation', null);
  }

  set conversation(id) {
    this.#write('localStorage', 'conversation', id);
  }

  /** Words typed and not yet sent; they last as long as the tab. */
  get draft() {
    return this.#read('sessionStorage', 'draft', '');
  }

  set draft(text) {
    this.#write('sessionStorage', 'draft', text || null);
  }

  /** The language that the person chose here, or null. */
  get choice() {
    const lang = this.#read('sessionStorage', 'lang', null);
    return lang === 'zh' || lang === 'en' ? lang : null;
  }

  set choice(lang) {
    this.#write('sessionStorage', 'lang', lang);
  }

  /** How much guidance the person chose in this browser, or null: as the server has it. */
  get guidance() {
    const chosen = this.#read('localStorage', 'guidance', null);
    return ['enable', 'balanced', 'empower'].includes(chosen) ? chosen : null;
  }

  set guidance(chosen) {
    this.#write('localStorage', 'guidance', chosen);
  }

  /** Things kept for guests: {adviceId: {resource: {id, site, until}}}. */
  get kept() {
    return this.#read('localStorage', 'kept', {}) ?? {};
  }

  keepReservation(adviceId, resource, made) {
    const now = Date.now();
    const kept = Object.entries(this.kept).map(([advice, things]) => [
      advice,
      Object.fromEntries(Object.entries(things).filter(([, { until }]) => Date.parse(until) > now)),
    ]);
    const all = Object.fromEntries(kept.filter(([, things]) => Object.keys(things).length > 0));
    all[adviceId] = { ...all[adviceId] };
    if (made) all[adviceId][resource] = made;
    else delete all[adviceId][resource];
    this.#write('localStorage', 'kept', all);
  }

  /** Ticks that the server does not have yet: {adviceId: {actionId: done}}. */
  get ticks() {
    return this.#read('localStorage', 'ticks', {}) ?? {};
  }

  keepTick(adviceId, action, done) {
    const ticks = this.ticks;
    ticks[adviceId] = { ...ticks[adviceId], [action]: done };
    this.#write('localStorage', 'ticks', ticks);
  }

  dropTick(adviceId, action) {
    const ticks = this.ticks;
    if (!ticks[adviceId]) return;
    delete ticks[adviceId][action];
    if (Object.keys(ticks[adviceId]).length === 0) delete ticks[adviceId];
    this.#write('localStorage', 'ticks', Object.keys(ticks).length ? ticks : null);
  }

  #read(area, name, otherwise) {
    try {
      return JSON.parse(window[area].getItem(this.#scope + name)) ?? otherwise;
    } catch {
      return otherwise;
    }
  }

  #write(area, name, value) {
    try {
      if (value === null) window[area].removeItem(this.#scope + name);
      else window[area].setItem(this.#scope + name, JSON.stringify(value));
    } catch {
      // Nothing is lost but the memory itself.
    }
  }
}
