/** The server as the console sees it. Every failure comes out as a Problem. */
import { Problem, problemIn } from '../chat/api.js';

const REFUSED = 401;

export class ConsoleApi {
  #access;

  constructor(access) {
    this.#access = access;
  }

  /** `quiet`: where the token is missing, fail instead of asking for it. */
  get(path, { quiet = false } = {}) {
    return this.#json('GET', path, undefined, { quiet });
  }

  post(path, body, options) {
    return this.#json('POST', path, body, options);
  }

  put(path, body) {
    return this.#json('PUT', path, body);
  }

  patch(path, body) {
    return this.#json('PATCH', path, body);
  }

  remove(path) {
    return this.#json('DELETE', path);
  }

  /** What the panel of sources asks for. */
  document(id, lang) {
    return this.get(`${documentPath(id)}?lang=${lang}`);
  }

  /** One file, with `onProgress(0..1)` while it is on its way. */
  async upload(file, query, onProgress) {
    const path = `/api/documents?${new URLSearchParams({ name: file.name, ...query })}`;
    for (let refused = false; ; refused = true) {
      const { status, said } = await send(path, file, this.#access.headers, onProgress);
      if (status >= 200 && status < 300) return said;
      const again = status === REFUSED && (await this.#access.ask(refused && Boolean(this.#access.token)));
      if (!again) throw new Problem('failed', { status, title: said.title ?? '', detail: said.detail ?? '' });
    }
  }

  async #json(method, path, body, { quiet = false, signal } = {}) {
    for (;;) {
      const used = this.#access.token;
      const response = await this.#fetch(method, path, body, signal);
      if (response.ok) return response.json();
      const again = response.status === REFUSED && !quiet && (await this.#access.ask(Boolean(used)));
      if (!again) throw await problemIn(response);
    }
  }

  async #fetch(method, path, body, signal) {
    const headers = { Accept: 'application/json', ...this.#access.headers };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    try {
      return await fetch(path, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Problem('offline');
    }
  }
}

/** fetch tells nothing of how much was sent; XMLHttpRequest does. */
function send(path, file, headers, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total ? loaded / total : 1));
    request.upload.addEventListener('load', () => onProgress(1));
    request.addEventListener('load', () => resolve({ status: request.status, said: parsed(request.responseText) }));
    request.addEventListener('error', () => reject(new Problem('offline')));
    request.send(file);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {}; // a proxy's own error page
  }
}

/** The path of a document, whose id may hold folders. */
export function documentPath(id) {
  return `/api/documents/${id.split('/').map(encodeURIComponent).join('/')}`;
}
