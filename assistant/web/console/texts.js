/** The page's words, and names for the corpus's fixed ones. */
import { filled } from '../frame/filled.js';
import { EN } from './texts-en.js';
import { ZH } from './texts-zh.js';

export const TEXTS = { zh: ZH, en: EN };

export const SECTORS = {
  hotel: ['酒店', 'Hotel'],
  restaurant: ['餐饮', 'Restaurant'],
  retail: ['零售', 'Retail'],
  transport: ['交通', 'Transport'],
  bank: ['银行', 'Bank'],
  public_service: ['政务', 'Public service'],
  clinic: ['医疗', 'Clinic'],
  venue: ['场馆', 'Venue'],
  property: ['物业', 'Property'],
  call_centre: ['呼叫中心', 'Call centre'],
  any: ['通用', 'Any'],
};

export function t(lang, key, values) {
  return filled(TEXTS[lang][key], values);
}

export function sectorName(lang, sector) {
  const pair = Object.hasOwn(SECTORS, sector) ? SECTORS[sector] : [sector, sector];
  return lang === 'zh' ? pair[0] : pair[1];
}

/** A text of the corpus in the page's language, or in the one there is, with the language it is in. */
export function inLang(text, lang) {
  const key = text?.[lang] ? lang : (Object.keys(text ?? {})[0] ?? lang);
  return { words: text?.[key] ?? '', lang: key };
}

const TAGS = { zh: 'zh-CN', en: 'en-GB' };

export function dayOf(lang, day) {
  return new Intl.DateTimeFormat(TAGS[lang], { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

export function momentOf(lang, moment) {
  return new Intl.DateTimeFormat(TAGS[lang], { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(moment));
}

/** "1 Jan 2027 – 30 Jun 2027", "from …", "until …", "without limit". */
export function daysOf(lang, { valid_from: first, valid_until: last }) {
  const parts = [
    first && t(lang, 'fromDay', { day: dayOf(lang, first) }),
    last && t(lang, 'untilDay', { day: dayOf(lang, last) }),
  ].filter(Boolean);
  return parts.length ? parts.join(lang === 'zh' ? '' : ' ') : t(lang, 'always');
}
