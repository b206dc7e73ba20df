/** The desk page's own script: its language switch and today's date. */

const TITLES = { zh: '湖畔酒店 · 前台', en: 'Lakeside Hotel · Front desk' };
const KEY = 'desk-language';

function show(lang) {
  document.documentElement.lang = lang;
  document.title = TITLES[lang];
  const date = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
  document.getElementById('today').textContent = date.format(new Date());
  for (const button of document.querySelectorAll('[data-lang]')) {
    button.setAttribute('aria-pressed', String(button.dataset.lang === lang));
  }
}

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is forbidden here: begin with the browser's language
  }
}

function choose(lang) {
  show(lang);
  try {
    localStorage.setItem(KEY, lang);
  } catch {
    // Shown all the same, only not remembered.
  }
}

for (const button of document.querySelectorAll('[data-lang]')) {
  button.addEventListener('click', () => choose(button.dataset.lang));
}

const first = remembered() ?? navigator.language;
show(first.startsWith('zh') ? 'zh' : 'en');
