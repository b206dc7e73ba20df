/** The page's words in both languages. */
const ZH = {
  title: '手边资源',
  page: '手边资源',
  skip: '跳到内容',
  desk: '前台页面',
  console: '管理台',
  language: '语言',
  signOut: '退出',
  site: '门店',
  summary: '{n} 项可用，共 {all} 项 · {time}',
  kinds: '显示哪些',
  all: '全部',
  person: '同事',
  place: '地方',
  thing: '物品',
  service: '服务',
  voucher: '券和礼品',
  partner: '合作商户',
  promised: '已留给客人的',
  nonePromised: '现在没有。',
  promise: '{name}，{n} 份，留到 {time}',
  free: '客人不用了',
  gone: '已经用掉',
  freed: '已放回：{name}',
  spent: '已记为用掉：{name}',
  available: '可用',
  used: '占用',
  reserved: '预留',
  off: '停用',
  offPerson: '不在岗',
  closed: '未开放',
  closedPerson: '未上班',
  until: '到 {time}',
  since: '{time} 起',
  left: '剩 {n}/{all}',
  promisedCount: '其中 {n} 份已留出',
  set: '{name}：改成',
  howLong: '到什么时候？',
  minutes: '{n} 分钟',
  hours: '{n} 小时',
  open: '改回来为止',
  usual: '按班次',
  cancel: '取消',
  fewer: '{name} 减一',
  more: '{name} 加一',
  done: '{name}：{status}',
  loading: '正在打开…',
  failed: '没有成功',
  offline: '连不上服务器，什么都没有改。请检查网络再试。',
  again: '再试一次',
  none: '这里没有。',
};
const EN = {
  title: 'What is at hand',
  page: 'What is at hand',
  skip: 'Skip to content',
  desk: 'Desk page',
  console: 'Console',
  language: 'Language',
  signOut: 'Sign out',
  site: 'Site',
  summary: '{n} of {all} at hand · {time}',
  kinds: 'Show',
  all: 'All',
  person: 'People',
  place: 'Places',
  thing: 'Things',
  service: 'Services',
  voucher: 'Vouchers, gifts',
  partner: 'Partners',
  promised: 'Kept for guests',
  nonePromised: 'Nothing just now.',
  promise: '{name}, {n}, until {time}',
  free: 'Not needed',
  gone: 'Used up',
  freed: 'Free again: {name}',
  spent: 'Used up: {name}',
  available: 'Available',
  used: 'In use',
  reserved: 'Reserved',
  off: 'Out of use',
  offPerson: 'Off shift',
  closed: 'Closed',
  closedPerson: 'Not on shift',
  until: 'until {time}',
  since: 'from {time}',
  left: '{n}/{all} left',
  promisedCount: '{n} kept for guests',
  set: 'Set {name} to',
  howLong: 'Until when?',
  minutes: '{n} min',
  hours: '{n} h',
  open: 'Until changed back',
  usual: 'As on the roster',
  cancel: 'Cancel',
  fewer: 'One fewer: {name}',
  more: 'One more: {name}',
  done: '{name}: {status}',
  loading: 'Loading…',
  failed: 'That did not go through',
  offline: 'The server cannot be reached. Nothing was changed; check the network and try again.',
  again: 'Try again',
  none: 'Nothing here.',
};
const TEXTS = { zh: ZH, en: EN };
const TAGS = { zh: 'zh-CN', en: 'en-GB' };

export function t(lang, key, values = {}) {
  return TEXTS[lang][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}

/** A text of the corpus in the page's language, or in the one there is. */
export function inLang(text, lang) {
  return text?.[lang] || Object.values(text ?? {})[0] || '';
}

/** The time on the site's wall: as the server wrote it, with the day where it is not today. */
export function timeOf(lang, moment, now) {
  const [day, time] = [moment.slice(0, 10), moment.slice(11, 16)];
  if (day === now.slice(0, 10)) return time;
  const named = new Intl.DateTimeFormat(TAGS[lang], { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  return `${named} ${time}`;
}
