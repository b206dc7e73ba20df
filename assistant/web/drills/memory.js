/** What this browser remembers: the name, the drills played here, the voice. Storage may be forbidden; then it forgets. */
const KEY = 'improv-drills';
const MOST = 30;

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function keep(changes) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...read(), ...changes }));
  } catch {
    // Nothing is lost but the memory itself.
  }
}

export const memory = {
  get name() {
    return read().name ?? '';
  },
  set name(name) {
    keep({ name });
  },
  /** {hear, speak}: both off until somebody turns them on. */
  get voice() {
    return { hear: false, speak: false, ...read().voice };
  },
  set voice(voice) {
    keep({ voice });
  },
  /** Newest first: {id, scenario, title, lang, at, turn, ended, overall, asked}. */
  get drills() {
    return read().drills ?? [];
  },
  drill(id) {
    return this.drills.find((one) => one.id === id);
  },
  note(id, changes) {
    const known = this.drill(id) ?? { id };
    const others = this.drills.filter((one) => one.id !== id);
    keep({ drills: [{ ...known, ...changes, at: new Date().toISOString() }, ...others].slice(0, MOST) });
  },
  forget(id) {
    keep({ drills: this.drills.filter((one) => one.id !== id) });
  },
};
