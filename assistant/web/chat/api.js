/** The server as the widget sees it. Every failure comes out as a Problem. */

/** What went wrong, in words for the person when the server gave some. */
export class Problem extends Error {
  constructor(kind, { status = 0, title = '', detail = '' } = {}) {
    super(detail || title || kind);
    Object.assign(this, { kind, status, title, detail });
  }
}

export class Api {
  #server;
  #token;

  constructor({ server, token }) {
    this.#server = server;
    this.#token = token;
  }

  async situations(site, lang) {
    const query = new URLSearchParams({ lang, ...(site && { site }) });
    return (await this.#json(`/api/situations?${query}`)).situations ?? [];
  }

  conversation(id) {
    return this.#json(`/api/conversations/${encodeURIComponent(id)}`);
  }

  document(id, lang) {
    const path = id.split('/').map(encodeURIComponent).join('/');
    return this.#json(`/api/documents/${path}?lang=${lang}`);
  }

  async tick(adviceId, action, done) {
    await this.#fetch(`/api/advice/${encodeURIComponent(adviceId)}/done`, { body: { action, done } });
  }

  /** Keeps a thing for this guest; the same `id` twice keeps it once. */
  reserve(site, body) {
    return this.#json(`/api/sites/${encodeURIComponent(site)}/reservations`, body);
  }

  release(site, id) {
    const path = `/api/sites/${encodeURIComponent(site)}/reservations/${encodeURIComponent(id)}/release`;
    return this.#json(path, {});
  }

  /** Turns an advice into an incident room and calls people; the same advice again is the same room. */
  async openRoom(advice, by) {
    const { path } = await this.#json('/api/rooms', { advice, by });
    return this.#server + path;
  }

  /** How much guidance a member of staff gets; with `chosen`, sets it first. */
  guidance(site, staff, chosen) {
    const path = `/api/sites/${encodeURIComponent(site)}/staff/${encodeURIComponent(staff)}/guidance`;
    return this.#json(path, chosen === undefined ? undefined : { guidance: chosen });
  }

  /** The response whose body streams the advice. */
  suggest(body, signal) {
    return this.#fetch('/api/suggest/stream', { body, signal, accept: 'text/event-stream' });
  }

  async #json(path, body) {
    const response = await this.#fetch(path, { body });
    try {
      return await response.json();
    } catch {
      throw new Problem('failed', { status: response.status });
    }
  }

  async #fetch(path, { body, signal, accept = 'application/json' }) {
    const headers = { Accept: accept };
    if (this.#token) headers.Authorization = `Bearer ${this.#token}`;
    if (body) headers['Content-Type'] = 'application/json';
    const request = { method: body ? 'POST' : 'GET', headers, signal, credentials: 'same-origin' };
    if (body) request.body = JSON.stringify(body);
    let response;
    try {
      response = await fetch(this.#server + path, request);
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Problem('offline');
    }
    if (!response.ok) throw await problemIn(response);
    return response;
  }
}

export async function problemIn(response) {
  let said = {};
  try {
    said = (await response.json()) ?? {};
  } catch {
    // A proxy's own error page: nothing in it is for the person.
  }
  const text = (value) => (typeof value === 'string' ? value : '');
  return new Problem('failed', {
    status: response.status,
    title: text(said.title),
    detail: text(said.detail),
  });
}
