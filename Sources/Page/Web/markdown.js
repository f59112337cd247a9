// SPDX-License-Identifier: GPL-3.0-or-later
//
// Markdown as models write it: CommonMark and GitHub's tables, as far as they are in use. What comes out is a tree whose
// texts know where in the source they stand, so that a word that is heard is found in it.
//
// A node is a text `{ text, from }`, `text` standing in the source at `from`, or an element
// `{ tag, children, … }` with what it needs beside: `name` (a class), `href`, `kind`, `from` and `to` in the source.

import { inlines } from './inline.js';
import { beginsTable, readTable } from './table.js';

/** A line of the source without what contains it: from `at` up to `end`, where its line break is. */
const contentOf = (source, { at, end }) => source.slice(at, end);

function linesOf(source, from) {
  const lines = [];
  for (let at = from; at <= source.length;) {
    const stop = source.indexOf('\n', at);
    const next = stop < 0 ? source.length : stop;
    lines.push({ at, end: source[next - 1] === '\r' && next > at ? next - 1 : next, next, isLast: stop < 0 });
    at = next + 1;
  }
  return lines;
}

const patterns = {
  fence: /^ {0,3}(`{3,}|~{3,})[ \t]*([^`\s]*)[^`]*$/,
  heading: /^( {0,3}(#{1,6})(?:[ \t]+|$))(.*)$/,
  rule: /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/,
  quote: /^ {0,3}> ?/,
  item: /^( *)([-*+•]|\d{1,9}[.)])(?:[ \t]+|$)/,
  math: /^ {0,3}(\\\[|\$\$)/,
};

const indentOf = (line) => line.match(/^[ \t]*/)[0].replaceAll('\t', '    ').length;

/** Where the content of a line begins once `columns` of its indent are gone. */
function withoutIndent(source, line, columns) {
  let { at } = line;
  for (let width = 0; width < columns && at < line.end && /[ \t]/.test(source[at]); at++) {
    width += source[at] === '\t' ? 4 : 1;
  }
  return { ...line, at };
}

const deepest = 16;

/** Reads blocks. */
class BlockReader {
  /** The marks of the headings that the text read last is below. */
  #headings = [];

  /** @param isOpen more of the source is still to come. */
  constructor(source, isOpen) {
    this.source = source;
    this.isOpen = isOpen;
  }

  text(line) {
    return contentOf(this.source, line);
  }

  /** Whether more may come to this line. */
  grows(line) {
    return this.isOpen && line.isLast;
  }

  /**
   * @param lines of one container.
   * @param depth of containers around it; there is a deepest, since each takes room on the stack.
   */
  blocks(lines, depth = 0) {
    const blocks = [];
    let index = 0;
    while (index < lines.length) {
      const line = this.text(lines[index]);
      if (!line.trim()) {
        index++;
        continue;
      }
      // Whether a rule, an item or strong text begins is not known yet.
      if (this.grows(lines[index]) && /^ *(?:[-+•>]|[-*_]{1,2}|#{1,6}|`{1,2}|~{1,2})$/.test(line)) break;
      const [block, next] = this.#block(lines, index, line, depth);
      blocks.push(block);
      index = next;
    }
    return blocks;
  }

  #block(lines, index, line, depth) {
    let match;
    if ((match = line.match(patterns.fence))) return this.#code(lines, index, match);
    if ((match = line.match(patterns.heading))) {
      const [, before, marks, rest] = match;
      const content = rest.trimEnd().replace(/(?:^|[ \t])#+$/, '');
      const from = lines[index].at + before.length;
      const children = this.inline([{ ...lines[index], at: from, end: from + content.length }]);
      const level = this.#headingLevel(marks.length);
      return [{ tag: `h${level}`, name: `level${Math.min(3, marks.length)}`, children }, index + 1];
    }
    if (patterns.rule.test(line)) return [{ tag: 'hr', children: [] }, index + 1];
    if (depth < deepest) {
      if (patterns.quote.test(line)) return this.#quote(lines, index, depth);
      if (this.#beginsItem(line)) return this.#list(lines, index, depth);
    }
    if ((match = line.match(patterns.math))) {
      const block = this.#math(lines, index, match);
      if (block) return block;
    }
    if (beginsTable(this, lines, index)) return readTable(this, lines, index);
    return this.#paragraph(lines, index);
  }

  /**
   * The page and the question have the first two levels; what is below a heading is one level deeper, whatever its
   * marks.
   */
  #headingLevel(marks) {
    while (this.#headings.length && this.#headings.at(-1) >= marks) this.#headings.pop();
    this.#headings.push(marks);
    return Math.min(6, this.#headings.length + 2);
  }

  #code(lines, index, [, marks, language]) {
    const close = new RegExp(`^ {0,3}${marks[0] === '~' ? '~' : '`'}{${marks.length},}[ \\t]*$`);
    const indent = indentOf(this.text(lines[index]));
    const from = lines[index].at;
    const content = [];
    let next = index + 1;
    for (; next < lines.length; next++) {
      const line = this.text(lines[next]);
      if (close.test(line)) break;
      if (this.grows(lines[next]) && new RegExp(`^ {0,3}${marks[0]}{1,${marks.length - 1}}$`).test(line)) continue;
      content.push(withoutIndent(this.source, lines[next], indent));
    }
    // The last line break belongs to the fence.
    const children = content.flatMap((line, place) => this.#plain(line, place < content.length - 1));
    const to = lines[Math.min(next, lines.length - 1)].end;
    return [{ tag: 'pre', kind: 'code', language, from, to, children }, next + 1];
  }

  #plain({ at, end, next }, hasBreak) {
    const text = this.source.slice(at, end);
    // One text where nothing lies between.
    if (hasBreak && next === end) return [{ text: `${text}\n`, from: at }];
    return [...(text ? [{ text, from: at }] : []), ...(hasBreak ? [{ text: '\n', from: next }] : [])];
  }

  #quote(lines, index, depth) {
    const inner = [];
    for (; index < lines.length; index++) {
      const line = this.text(lines[index]);
      const match = line.match(patterns.quote);
      if (!match) break;
      inner.push({ ...lines[index], at: lines[index].at + match[0].length });
    }
    return [{ tag: 'blockquote', children: this.blocks(inner, depth + 1) }, index];
  }

  #math(lines, index, [mark, opening]) {
    const closing = opening === '$$' ? '$$' : '\\]';
    const from = lines[index].at + mark.length;
    for (let last = index; last < lines.length; last++) {
      const start = last === index ? from : lines[last].at;
      const stop = this.source.slice(start, lines[last].end).indexOf(closing);
      const isOpen = stop < 0 && this.grows(lines[last]);
      if (stop < 0 && !isOpen) continue;
      const to = isOpen ? lines[last].end : start + stop;
      if (!isOpen && this.source.slice(to + closing.length, lines[last].end).trim()) return null;
      return [{ tag: 'p', name: 'formula', children: this.#trimmed(from, to) }, last + 1];
    }
    return null;
  }

  #trimmed(from, to) {
    const text = this.source.slice(from, to);
    const trimmed = text.trim();
    return trimmed ? [{ text: trimmed, from: from + text.indexOf(trimmed) }] : [];
  }

  #beginsItem(line) {
    const match = line.match(patterns.item);
    return match && indentOf(line) < 4;
  }

  #list(lines, index, depth) {
    const kindOf = (mark) => /\d/.test(mark) ? mark.at(-1) : 'bullet';
    const first = this.text(lines[index]).match(patterns.item);
    const [kind, indent] = [kindOf(first[2]), indentOf(this.text(lines[index]))];
    const items = [];
    while (index < lines.length) {
      const line = this.text(lines[index]);
      const match = line.match(patterns.item);
      if (!match || kindOf(match[2]) !== kind || indentOf(line) > indent + 3 || patterns.rule.test(line)) break;
      if (indentOf(line) < indent) break;
      const next = this.#itemEnd(lines, index + 1, indentOf(line) + 1);
      items.push(this.#item(lines.slice(index, next), match, depth));
      index = next;
      // Items may stand apart.
      let further = index;
      while (further < lines.length && !this.text(lines[further]).trim()) further++;
      if (further < lines.length && this.text(lines[further]).match(patterns.item)) index = further;
    }
    return [{ tag: kind === 'bullet' ? 'ul' : 'ol', children: items }, index];
  }

  /** The first line that no longer belongs to an item, whose content is indented by `least` or more. */
  #itemEnd(lines, index, least) {
    let end = index;
    let isAfterBlank = false;
    for (; index < lines.length; index++) {
      const line = this.text(lines[index]);
      if (!line.trim()) {
        isAfterBlank = true;
        continue;
      }
      const isInside = indentOf(line) > least - 1;
      // A paragraph goes on where its author did not care for the indent.
      if (!isInside && (isAfterBlank || this.#interrupts(lines, index) || line.match(patterns.item))) break;
      isAfterBlank = false;
      end = index + 1;
    }
    return end;
  }

  #item(lines, [whole, space, mark], depth) {
    const width = whole.length > space.length + mark.length + 4 ? space.length + mark.length + 1 : whole.length;
    const from = lines[0].at + space.length;
    const content = lines.map((line, index) => index === 0
      ? { ...line, at: Math.min(line.end, line.at + width) } : withoutIndent(this.source, line, Math.max(width, 2)));
    const task = this.text(content[0]).match(/^\[([ xX])\][ \t]+/);
    if (task) content[0] = { ...content[0], at: content[0].at + task[0].length };
    const children = this.blocks(content, depth + 1);
    // An item with a single paragraph needs no <p>.
    if (children[0]?.tag === 'p' && !children[0].name) children.splice(0, 1, ...children[0].children);
    if (task) children.unshift({ tag: 'span', name: 'task', children: [], isDone: task[1] !== ' ' });
    const number = /\d/.test(mark) ? [{ tag: 'span', name: 'number', children: [{ text: mark, from }] }] : [];
    return { tag: 'li', name: task ? 'tasked' : undefined, children: [...number, ...children] };
  }

  /** Whether a paragraph ends before this line, though it is not blank. */
  #interrupts(lines, index) {
    const line = this.text(lines[index]);
    const item = line.match(patterns.item);
    return patterns.fence.test(line) || patterns.heading.test(line) || patterns.rule.test(line)
      || patterns.quote.test(line) || /^ {0,3}\\\[/.test(line)
      || item && indentOf(line) < 4 && line.trim() !== item[2] && !/^(?!1[.)])\d/.test(item[2])
      || /^ *\|/.test(line) && beginsTable(this, lines, index);
  }

  #paragraph(lines, index) {
    const content = [];
    do {
      const line = lines[index++];
      const text = this.text(line);
      content.push({ ...line, at: line.at + text.length - text.trimStart().length });
    } while (index < lines.length && this.text(lines[index]).trim() && !this.#interrupts(lines, index)
      && !(this.grows(lines[index]) && /^ *(?:[-+•]|#{1,6}|`{1,2})$/.test(this.text(lines[index]))));
    return [{ tag: 'p', children: this.inline(content) }, index];
  }

  inline(lines) {
    return inlines(this.source, lines, this.isOpen && lines.at(-1).isLast && lines.at(-1).end === this.source.length);
  }
}

/**
 * The blocks of a text.
 *
 * @param from where it begins in `source`.
 * @param isOpen more of it is still to come: what has begun and not ended is shown as if it had.
 */
export function blocks(source, from = 0, isOpen = false) {
  return new BlockReader(source, isOpen).blocks(linesOf(source, from));
}

/** What a reader sees of nodes, without mark-up: for a screen reader. */
export function plain(nodes) {
  return nodes.map((node) => {
    if (node.text !== undefined) return node.text;
    const isBlock = /^(?:p|h\d|li|tr|pre|blockquote)$/.test(node.tag);
    return plain(node.children) + (isBlock ? '\n' : /^t[dh]$/.test(node.tag) || node.name === 'number' ? ' ' : '');
  }).join('').replace(/\n{2,}/g, '\n');
}
