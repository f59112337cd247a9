// SPDX-License-Identifier: GPL-3.0-or-later
//
// Markdown within a paragraph, a heading or a cell (CommonMark 0.31, 6), as nodes of markdown.js. HTML is text.

import { Stretch } from './stretch.js';

const isSpace = (sign) => sign === undefined || /\s/.test(sign);
const isWord = (sign) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
const isPunctuation = (sign) => sign !== undefined && /[\p{P}\p{S}]/u.test(sign);

/** What stands before a word, and what after one. */
const [opening, closing] = [/[([{"'“‘「《（—-]/, /[)\]}.,;:!?"'”’」》）。，；：！？、-]/];

/** The address in `<>` or as it is, and perhaps a title. */
const linkTarget =
  /^\([ \t]*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\([^\s()]*\))*))(?:[ \t\n]+(?:"[^"]*"|'[^']*'))?[ \t\n]*\)/;

/** Of a link, so that text full of brackets takes no longer to read. */
const longestLabel = 1000;

/** Elements within each other. */
const deepest = 16;

class InlineReader {
  constructor(stretch, isOpen) {
    this.stretch = stretch;
    this.text = stretch.text;
    this.isOpen = isOpen;
  }

  /** The nodes of `start` up to `end`. */
  read(start, end, isInLink = false) {
    // Texts, elements, and runs of delimiters that may become elements.
    const items = [];
    const add = (from, to) => { if (to > from) items.push(...this.stretch.nodes(from, to)); };
    let plain = start;
    let at = start;
    const take = (next, ...nodes) => {
      add(plain, at);
      items.push(...nodes);
      plain = at = next;
    };
    while (at < end) {
      const sign = this.text[at];
      const found = this.#special(sign, at, end, isInLink);
      if (found) take(found.next, ...found.nodes);
      else if (sign === '*' || sign === '_' || sign === '~') {
        const run = this.#run(at, end);
        if (run.canOpen || run.canClose) take(at + run.length, run);
        else at += run.length;
      } else at++;
    }
    add(plain, end);
    return this.#emphasize(items, end);
  }

  #special(sign, at, end, isInLink) {
    switch (sign) {
      case '\\': return this.#escape(at, end);
      case '`': return this.#code(at, end);
      case '$': return this.#dollars(at, end);
      case '!': return this.text[at + 1] === '[' ? this.#link(at + 1, end, isInLink) : null;
      case '[': return this.#link(at, end, isInLink);
      case '<': return this.#angle(at, end);
      case 'h': return isInLink ? null : this.#address(at, end);
      default: return null;
    }
  }

  #escape(at, end) {
    const next = this.text[at + 1];
    if (next === '(' || next === '[') {
      const close = this.text.indexOf(next === '(' ? '\\)' : '\\]', at + 2);
      if (close >= 0 && close < end) return { next: close + 2, nodes: this.#formula(at + 2, close) };
      if (this.isOpen && end === this.text.length) return { next: end, nodes: this.#formula(at + 2, end) };
    }
    if (at + 1 < end && /[!-/:-@[-`{-~]/.test(next)) return { next: at + 2, nodes: this.stretch.nodes(at + 1, at + 2) };
    // Before a line break it says that the line ends here.
    return next === '\n' ? { next: at + 1, nodes: [] } : null;
  }

  #formula(start, end) {
    const text = this.text.slice(start, end);
    const from = start + text.length - text.trimStart().length;
    const children = this.stretch.nodes(from, Math.max(from, start + text.trimEnd().length));
    return [{ tag: 'span', name: 'formula', children }];
  }

  #dollars(at, end) {
    const width = this.text[at + 1] === '$' ? 2 : 1;
    const start = at + width;
    if (width === 1 && isSpace(this.text[start])) return null;
    const close = this.text.indexOf('$'.repeat(width), start);
    if (close <= start || close >= end) return null;
    // Sums of money are none: "$5 and $10" (as in Pandoc).
    if (width === 1 && (isSpace(this.text[close - 1]) || /\d/.test(this.text[close + 1] ?? ''))) return null;
    if (this.text.slice(start, close).includes('\n\n')) return null;
    return { next: close + width, nodes: this.#formula(start, close) };
  }

  #code(at, end) {
    const marks = this.text.slice(at, end).match(/^`+/)[0];
    const isLast = this.isOpen && end === this.text.length;
    let start = at + marks.length;
    let close = -1;
    for (const match of this.text.slice(start, end).matchAll(/`+/g)) {
      if (match[0].length !== marks.length) continue;
      close = start + match.index;
      break;
    }
    if (close < 0 && !isLast) return { next: start, nodes: this.stretch.nodes(at, start) };
    const next = close < 0 ? end : close + marks.length;
    let stop = close < 0 ? end : close;
    if (/^ .*\S.* $/s.test(this.text.slice(start, stop))) [start, stop] = [start + 1, stop - 1];
    if (start >= stop) return { next, nodes: [] };
    return { next, nodes: [{ tag: 'code', children: this.stretch.nodes(start, stop) }] };
  }

  #link(at, end, isInLink) {
    const close = this.#bracketEnd(at, end);
    const isLast = this.isOpen && end === this.text.length;
    if (close < 0) {
      // What it becomes is not known yet.
      return isLast && !isInLink && !this.text.slice(at, end).includes('\n')
        ? { next: end, nodes: this.read(at + 1, end, true) } : null;
    }
    const target = this.text.slice(close + 1, end).match(linkTarget);
    if (target) {
      const href = addressOf(target[1] ?? target[2]);
      const children = this.read(at + 1, close, true);
      return { next: close + 1 + target[0].length, nodes: !isInLink && href ? [{ tag: 'a', href, children }] : children };
    }
    const isBegun = isLast && (close + 1 === end || /^\([^)\n]*$/.test(this.text.slice(close + 1, end)));
    return isBegun && !isInLink ? { next: end, nodes: this.read(at + 1, close, true) } : null;
  }

  #bracketEnd(at, end) {
    let depth = 0;
    const last = Math.min(end, at + longestLabel);
    for (let place = at; place < last; place++) {
      const sign = this.text[place];
      if (sign === '\\') place++;
      else if (sign === '`') {
        const code = this.#code(place, end);
        place = code.next - 1;
      } else if (sign === '[') depth++;
      else if (sign === ']' && --depth === 0) return place;
    }
    return -1;
  }

  #angle(at, end) {
    const rest = this.text.slice(at, end);
    const pause = rest.match(/^<br[ \t]*\/?>\n?/i);
    if (pause) return { next: at + pause[0].length, nodes: [{ tag: 'br', children: [] }] };
    const address = rest.match(/^<((?:https?:\/\/|mailto:)[^\s<>]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>/i);
    if (!address) return null;
    const href = addressOf(address[1].includes(':') ? address[1] : `mailto:${address[1]}`);
    const children = this.stretch.nodes(at + 1, at + 1 + address[1].length);
    return { next: at + address[0].length, nodes: [{ tag: 'a', href, children }] };
  }

  #address(at, end) {
    if (!this.text.startsWith('http', at) || /\w/.test(this.text[at - 1] ?? '')) return null;
    // Chinese follows an address without a space.
    const match = this.text.slice(at, end).match(/^https?:\/\/(?:(?![<>])[!-~\u00a1-\u2fff])+/i);
    if (!match) return null;
    let address = match[0].replace(/[?!.,:;*_~'"]+$/, '');
    while (address.endsWith(')') && address.split(')').length > address.split('(').length) address = address.slice(0, -1);
    const href = addressOf(address);
    if (!href) return null;
    return { next: at + address.length, nodes: [{ tag: 'a', href, children: this.stretch.nodes(at, at + address.length) }] };
  }

  /**
   * A run of `*`, `_` or `~`, and what it can be. Chinese has no spaces around it, so that punctuation beside it says
   * little.
   */
  #run(at, end) {
    const sign = this.text[at];
    let stop = at;
    while (stop < end && this.text[stop] === sign) stop++;
    const [before, after] = [this.text[at - 1], stop < this.text.length ? this.text[stop] : undefined];
    const length = stop - at;
    let canOpen = !isSpace(after);
    let canClose = !isSpace(before);
    if (sign === '_') {
      [canOpen, canClose] = [canOpen && !isWord(before), canClose && !isWord(after)];
    } else if (sign === '~') {
      if (length !== 2) canOpen = canClose = false;
    } else if (canOpen && canClose) {
      // A product: 2*3.
      if (length === 1 && /\d/.test(before) && /\d/.test(after)) canOpen = canClose = false;
      else if (opening.test(before) && !isPunctuation(after)) canClose = false;
      else if (closing.test(after) && !isPunctuation(before)) canOpen = false;
    }
    const isLast = this.isOpen && stop === this.text.length && end === stop;
    if (isLast) canOpen = true;
    return { sign, length, at, canOpen, canClose, isLast, isRun: true };
  }

  /**
   * Makes elements of what lies between runs that belong together (CommonMark, "An algorithm for parsing nested
   * emphasis").
   */
  #emphasize(items, end) {
    const output = [];
    const wrap = (index, run, width) => {
      const opener = output[index];
      const depth = 1 + Math.max(...output.slice(index + 1).map((each) => each.depth ?? 0));
      if (depth > deepest) return false;
      const children = output.splice(index + 1);
      const tag = run.sign === '~' ? 'del' : width === 2 ? 'strong' : 'em';
      opener.length -= width;
      run.length -= width;
      run.at += width;
      if (opener.length === 0) output.pop();
      output.push({ tag, depth, children: children.flatMap((each) => this.#literal(each)) });
      return true;
    };
    const begun = new Set();
    for (const item of items) {
      if (!item.isRun) {
        output.push(item);
        continue;
      }
      let isUsed = begun.has(item.sign);
      while (item.canClose && item.length > 0 && isUsed) {
        isUsed = false;
        for (let index = output.length - 1; index >= 0; index--) {
          const opener = output[index];
          if (!opener.isRun || !opener.canOpen || opener.sign !== item.sign) continue;
          // Nothing stands between.
          if (index === output.length - 1) break;
          const isBoth = opener.canClose || item.canOpen && !item.isLast;
          if (isBoth && (opener.length + item.length) % 3 === 0 && (opener.length % 3 || item.length % 3)) continue;
          // The rest of it is still to come.
          if (item.isLast) item.length = opener.length;
          isUsed = wrap(index, item, opener.length >= 2 && item.length >= 2 ? 2 : 1);
          break;
        }
      }
      if (item.length > 0) output.push(item);
      if (item.canOpen) begun.add(item.sign);
    }
    if (this.isOpen && end === this.text.length) this.#closeOpen(output, wrap);
    return output.flatMap((each) => this.#literal(each));
  }

  /** What has begun and not ended is shown as if it had. */
  #closeOpen(output, wrap) {
    if (output.at(-1)?.isLast) output.pop();
    for (let index = output.length - 1; index >= 0; index--) {
      const opener = output[index];
      if (!opener.isRun || !opener.canOpen || index === output.length - 1) continue;
      // A single one is more often a sign than the beginning of something, except at the beginning of a word.
      if (opener.length === 1 && isWord(this.text[opener.at - 1])) continue;
      const run = { sign: opener.sign, length: Math.min(2, opener.length), at: 0 };
      if (!wrap(index, run, run.length)) return;
    }
  }

  #literal(item) {
    return item.isRun ? this.stretch.nodes(item.at, item.at + item.length) : [item];
  }
}

/** An address that a link may lead to; nothing else does: `javascript:` is one, too. */
function addressOf(text) {
  const address = text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
  return /^(?:https?:\/\/|mailto:)/i.test(address) && URL.canParse(address) ? address : null;
}

/**
 * The nodes of a paragraph's lines.
 *
 * @param lines each from `at` up to `end` in `source`, its line break at `next`.
 * @param isOpen more of the last one is still to come.
 */
export function inlines(source, lines, isOpen) {
  const stretch = new Stretch(source, lines);
  return new InlineReader(stretch, isOpen).read(0, stretch.text.length);
}
