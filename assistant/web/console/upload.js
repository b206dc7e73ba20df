/** Files in: chosen or dropped, sent one after the other, each with what became of it. */
import { h } from '../chat/dom.js';
import { langOf } from '../chat/texts.js';
import { remarkList } from './remarks.js';
import { button, field, link } from './ui.js';

const MOST_BYTES = 50 * 1024 * 1024;
const TRIES = 3;
const TOO_MANY = 429;
const WAIT_MS = 5000;

export class Uploads {
  #app;
  #onTaken;
  #queue = [];
  #counts = { added: 0, replaced: 0, unchanged: 0, rejected: 0 };
  #all = 0;
  #input = h('input', { type: 'file', id: 'files', class: 'files', multiple: true });
  #drop;
  #first = h('input', { type: 'date' });
  #last = h('input', { type: 'date' });
  #list = h('ol', { class: 'results', role: 'list' });
  #summary = h('p', { class: 'summary', role: 'status' });
  #results;
  busy = false;

  /** `onTaken` is called after each round of files. */
  constructor(app, onTaken) {
    this.#app = app;
    this.#onTaken = onTaken;
    const t = (...given) => app.t(...given);
    const choose = h('label', { for: 'files', class: 'choose' }, t('choose'));
    const words = h('p', {}, h('span', {}, t('drop')), ' ', choose);
    this.#input.setAttribute('aria-describedby', 'kinds');
    this.#drop = h('div', { class: 'drop' }, this.#input, words, h('p', { class: 'hint', id: 'kinds' }, t('kinds')));
    const days = h(
      'details',
      { class: 'days' },
      h('summary', {}, t('days')),
      h('div', { class: 'pair' }, field(t('validFrom'), this.#first), field(t('validUntil'), this.#last)),
    );
    this.#results = h('div', { class: 'uploads', hidden: true }, h('h3', {}, t('uploads')), this.#summary, this.#list);
    this.node = h(
      'section',
      { class: 'panel', 'aria-labelledby': 'upload-title' },
      h('h2', { id: 'upload-title' }, t('upload')),
      this.#drop,
      days,
      this.#results,
    );
    this.#listen();
  }

  #listen() {
    this.#input.addEventListener('change', () => {
      this.take([...this.#input.files]);
      this.#input.value = ''; // the same file may be chosen again once it was mended
    });
    const over = (event) => {
      event.preventDefault();
      this.#drop.classList.add('is-over');
    };
    this.#drop.addEventListener('dragenter', over);
    this.#drop.addEventListener('dragover', over);
    this.#drop.addEventListener('dragleave', (event) => {
      if (!this.#drop.contains(event.relatedTarget)) this.#drop.classList.remove('is-over');
    });
    this.#drop.addEventListener('drop', (event) => {
      event.preventDefault();
      this.#drop.classList.remove('is-over');
      this.take([...event.dataTransfer.files]);
    });
  }

  take(files) {
    if (!files.length) return;
    this.#results.hidden = false;
    this.#all += files.length;
    for (const file of files) this.#queue.push(this.#line(file));
    if (!this.busy) this.#work();
  }

  async #work() {
    this.busy = true;
    while (this.#queue.length) {
      this.#count();
      await this.#send(this.#queue.shift());
    }
    this.busy = false;
    this.#count();
    await this.#onTaken();
  }

  #count() {
    const done = Object.values(this.#counts).reduce((sum, n) => sum + n, 0);
    this.#summary.textContent = this.busy
      ? this.#app.t('uploading', { done, all: this.#all })
      : this.#app.t('allDone', this.#counts);
  }

  #line(file) {
    const state = h('span', { class: 'status' }, this.#app.t('waiting'));
    const bar = h('progress', { max: 1, value: 0, 'aria-label': file.name, hidden: true });
    const detail = h('div', { class: 'detail' });
    const head = h('div', { class: 'result-head' }, h('span', { class: 'file' }, file.name), state);
    const node = h('li', { class: 'result' }, head, bar, detail);
    this.#list.prepend(node);
    return { file, state, bar, detail, node, query: this.#days() };
  }

  #days() {
    return {
      ...(this.#first.value && { valid_from: this.#first.value }),
      ...(this.#last.value && { valid_until: this.#last.value }),
    };
  }

  async #send(line) {
    if (line.file.size > MOST_BYTES) return this.#tell(line, 'rejected', this.#app.t('tooLarge'));
    line.bar.hidden = false;
    this.#state(line, 'sending');
    try {
      this.#report(line, await this.#patiently(line));
    } catch (error) {
      const here = error.kind ? this.#app.why(error) : this.#app.t('unreadableHere');
      this.#tell(line, 'rejected', here, button(this.#app.t('again'), () => this.#again(line, {})));
    }
    return null;
  }

  /** Many files at once may be more than the server takes a minute: then it waits and goes on. */
  async #patiently(line) {
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.#app.api.upload(line.file, line.query, (part) => this.#progress(line, part));
      } catch (error) {
        if (error.status !== TOO_MANY || tried === TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
      }
    }
  }

  #progress(line, part) {
    if (part < 1) {
      line.bar.value = part;
      return;
    }
    line.bar.removeAttribute('value'); // it is there; how long the reading takes, nobody knows
    this.#state(line, 'reading');
  }

  #report(line, { status, reason, remarks, replaceable, document }) {
    const more = [];
    if (remarks.length) more.push(remarkList(this.#app, remarks));
    if (replaceable) more.push(button(this.#app.t('replaceIt'), () => this.#again(line, { replace: true })));
    else if (document) more.push(this.#open(document));
    this.#tell(line, status, reason, ...more);
  }

  #open(id) {
    const words = this.#app.t('openDocument');
    return link(words, `#/document/${encodeURIComponent(id)}`, { 'aria-label': `${words}: ${id}` });
  }

  #tell(line, status, reason, ...more) {
    this.#counts[status] += 1;
    line.bar.hidden = true;
    this.#state(line, status);
    const said = reason ? h('p', { lang: langOf(reason) }, reason) : '';
    line.detail.replaceChildren(...[said, ...more].filter(Boolean));
  }

  #state(line, status) {
    line.state.textContent = this.#app.t(status);
    line.node.className = `result ${status}`;
  }

  #again(line, query) {
    this.#counts.rejected -= 1;
    line.detail.replaceChildren();
    line.query = { ...line.query, ...query };
    this.#state(line, 'waiting');
    this.#queue.push(line);
    if (!this.busy) this.#work();
  }
}
