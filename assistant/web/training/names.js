/** Names of what drills speak of, in both languages: [zh, en]. */

const FACTORS = {
  immediate_response: ['立即反应', 'Immediate response'],
  timely_collaboration: ['即时协同', 'Timely collaboration'],
  intention_creation: ['意图创造', 'Intention creation'],
  resource_integration: ['资源整合', 'Resource integration'],
  overall: ['总评', 'Overall'],
};

export const FACTOR_NAMES = Object.keys(FACTORS).filter((name) => name !== 'overall');

const HELPING = {
  acknowledge_feeling: ['体谅感受', 'Acknowledges the feeling'],
  apologise: ['道歉', 'Apologises'],
  clarifying_question: ['问清情况', 'Asks what matters'],
  explain_facts: ['说明情况', 'Explains the facts'],
  offer_options: ['给出选择', 'Offers a choice'],
  offer_remedy: ['拿出办法', 'Offers a remedy'],
  take_ownership: ['担起责任', 'Takes it on'],
  involve_colleague: ['叫上同事', 'Brings in a colleague'],
  set_boundary_politely: ['有分寸地说底线', 'Sets a limit politely'],
  confirm_agreement: ['确认说定', 'Checks the agreement'],
  follow_up_promise: ['有时间的承诺', 'Promises a next step'],
};

const HARMING = {
  blame_guest: ['怪客人', 'Blames the guest'],
  dismiss: ['轻描淡写', 'Makes it small'],
  over_promise: ['许做不到的', 'Promises too much'],
  policy_wall: ['拿规定挡', 'Hides behind a rule'],
  rude: ['出言不逊', 'Is rude'],
  stall: ['拖着', 'Stalls'],
  leak_privacy: ['说出别人的私事', 'Tells others’ affairs'],
};

export const HELPING_MOVES = Object.keys(HELPING);
export const HARMING_MOVES = Object.keys(HARMING);

const SECTORS = {
  hotel: ['酒店', 'Hotel'],
  restaurant: ['餐饮', 'Restaurant'],
  retail: ['零售', 'Retail'],
  transport: ['交通', 'Transport'],
  bank: ['银行', 'Bank'],
  public_service: ['政务', 'Public service'],
  clinic: ['医疗', 'Clinic'],
  venue: ['场馆', 'Venue'],
  property: ['物业', 'Property'],
  call_centre: ['客服热线', 'Call centre'],
  any: ['各行业', 'Any business'],
};

const DIFFICULTIES = { 1: ['容易', 'Gentle'], 2: ['平常', 'As in life'], 3: ['难', 'Hard'] };

const OUTCOMES = {
  settled: ['客人同意了', 'The guest agreed'],
  left: ['客人走了', 'The guest walked away'],
  harm: ['没来得及，有人受了害', 'Help came too late'],
  open: ['事情没谈完', 'It ended with things open'],
};

const pick = (pairs) => (lang, name) => (Object.hasOwn(pairs, name) ? pairs[name][lang === 'zh' ? 0 : 1] : String(name));

export const factorName = pick(FACTORS);
export const moveName = pick({ ...HELPING, ...HARMING });
export const sectorName = pick(SECTORS);
export const difficultyName = pick(DIFFICULTIES);
export const outcomeName = pick(OUTCOMES);
export const isHarming = (move) => Object.hasOwn(HARMING, move);

/** A text in the page's language, or in the one there is, with the language it is in. */
export function inLang(text, lang) {
  const key = text?.[lang] ? lang : (Object.keys(text ?? {})[0] ?? lang);
  return { words: text?.[key] ?? '', lang: key };
}

const TAGS = { zh: 'zh-CN', en: 'en-GB' };

export function dayName(lang, day) {
  return new Intl.DateTimeFormat(TAGS[lang], { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

export function momentName(lang, moment) {
  return new Intl.DateTimeFormat(TAGS[lang], { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(moment));
}

/** Today as the calendar on the wall has it: "2027-01-31". */
export function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
