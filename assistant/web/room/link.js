/** The server as a room's page sees it: read, told, watched. */
import { Problem, problemIn } from '../chat/api.js';

export class RoomLink {
  #path;
  #source = null;
  #timer = 0;

  constructor(room) {
    this.#path = `/api/rooms/${encodeURIComponent(room)}`;
  }

  read() {
    return ask('GET', this.#path);
  }

  handover(lang) {
    return ask('GET', `${this.#path}/handover?lang=${lang}`);
  }

  /** The same `id` twice is one event: a failed sending may be repeated. */
  tell(event) {
    return ask('POST', `${this.#path}/events`, event);
  }

  /** `on`: message({event, room}), state(connected). The browser comes back by itself, where it was. */
  watch(after, on) {
    this.stop();
    let last = after;
    this.#source = new EventSource(`${this.#path}/stream?after=${after}`);
    this.#source.addEventListener('open', () => on.state(true));
    this.#source.addEventListener('room', ({ data, lastEventId }) => {
      last = Number(lastEventId);
      on.message(JSON.parse(data));
    });
    this.#source.addEventListener('error', () => {
      on.state(false);
      // Closed for good, by a proxy's error page for example: begin anew where we were.
      if (this.#source.readyState !== EventSource.CLOSED) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.watch(last, on), 3000);
    });
  }

  stop() {
    clearTimeout(this.#timer);
    this.#source?.close();
  }
}

export async function ask(method, path, body) {
  const headers = { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) };
  let response;
  try {
    response = await fetch(path, { method, headers, body: body && JSON.stringify(body), credentials: 'same-origin' });
  } catch {
    throw new Problem('offline');
  }
  if (!response.ok) throw await problemIn(response);
  return response.json();
}
