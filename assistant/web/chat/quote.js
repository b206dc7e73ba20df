/** Finding quoted words in a document, whatever its line breaks and spaces. */

const flat = (text) => text.replace(/\s+/g, ' ').trim();

/** `[start, end]` of the quote in the text, or null. */
export function findQuote(text, quote) {
  const wanted = flat(quote ?? '');
  if (!wanted) return null;
  const { squeezed, origin } = squeeze(text);
  const at = squeezed.indexOf(wanted);
  if (at < 0) return null;
  return [origin[at], origin[at + wanted.length - 1] + 1];
}

/** The text with each run of white space as one space, and where each character came from. */
function squeeze(text) {
  let squeezed = '';
  const origin = [];
  for (let i = 0; i < text.length; i += 1) {
    const blank = /\s/.test(text[i]);
    if (blank && squeezed.endsWith(' ')) continue;
    squeezed += blank ? ' ' : text[i];
    origin.push(i);
  }
  return { squeezed, origin };
}

/** The section that holds the quote: the cited one first, then any other. */
export function placeQuote(sections, { locator, quote }) {
  const cited = (section) => (section.locator === locator ? 0 : 1);
  const order = sections.map((_, i) => i).sort((a, b) => cited(sections[a]) - cited(sections[b]));
  for (const index of order) {
    const range = findQuote(sections[index].text, quote);
    if (range) return { index, range };
  }
  return null;
}
