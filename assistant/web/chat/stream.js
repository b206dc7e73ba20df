/** Server-sent events over fetch, because EventSource can neither POST nor send a token. */

/** Cuts text, in whatever pieces it comes, into `{event, data}`. */
export class EventParser {
  #rest = '';
  #event = 'message';
  #data = [];

  /** The events that this piece completes. */
  push(piece) {
    const text = this.#rest + piece;
    const held = text.endsWith('\r') ? 1 : 0; // it may be half of a \r\n
    const lines = text.slice(0, text.length - held).split(/\r\n|\n|\r/);
    this.#rest = lines.pop() + (held ? '\r' : '');
    return lines.map((line) => this.#line(line)).filter(Boolean);
  }

  #line(line) {
    if (line === '') return this.#dispatch();
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line);
    if (field === 'event') this.#event = value;
    if (field === 'data') this.#data.push(value);
    return null;
  }

  #dispatch() {
    const found = this.#data.length ? { event: this.#event, data: this.#data.join('\n') } : null;
    this.#event = 'message';
    this.#data = [];
    return found;
  }
}

/** The events of a response, their data read as JSON. */
export async function* eventsOf(response) {
  const parser = new EventParser();
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const { event, data } of parser.push(decoder.decode(value, { stream: true }))) {
      yield { event, data: JSON.parse(data) };
    }
  }
}
