/** Speaking and listening through the browser's own interfaces, where it has them and the trainee wants them. */
const TAGS = { zh: 'zh-CN', en: 'en-GB' };
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;

export const canHear = () => Boolean(Recognition);
export const canSpeak = () => 'speechSynthesis' in window;

export function speak(words, lang) {
  silence();
  const said = new SpeechSynthesisUtterance(words);
  said.lang = TAGS[lang];
  speechSynthesis.speak(said);
}

export function silence() {
  if (canSpeak()) speechSynthesis.cancel();
}

export class Ear {
  #listening = null;
  #onChange;

  /** `onChange(listening)` hears of beginning and end. */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  get listening() {
    return this.#listening !== null;
  }

  /** `onWords(text, final)` as they come; `onFailure(code)` as the browser names it. */
  begin(lang, onWords, onFailure) {
    this.stop();
    silence(); // or it would write down what it says itself
    const one = new Recognition();
    one.lang = TAGS[lang];
    one.interimResults = true;
    one.addEventListener('result', (event) => {
      const heard = [...event.results].map((result) => result[0].transcript).join('');
      onWords(heard.trim(), event.results[event.results.length - 1].isFinal);
    });
    one.addEventListener('error', (event) => {
      if (event.error !== 'aborted') onFailure(event.error);
    });
    one.addEventListener('end', () => {
      if (this.#listening !== one) return;
      this.#listening = null;
      this.#onChange(false);
    });
    this.#listening = one;
    one.start();
    this.#onChange(true);
  }

  stop() {
    const one = this.#listening;
    if (!one) return;
    this.#listening = null;
    one.abort();
    this.#onChange(false);
  }
}
