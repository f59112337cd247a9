// SPDX-License-Identifier: GPL-3.0-or-later
//
// An answer's text in the document: Markdown as what it means, and in it what was heard, the word that is heard, and
// what is not heard yet.

import { copy, make, setText } from './document.js';
import { blocks, plain } from './markdown.js';
import { t } from './words.js';

/** Text in the document that stands in one piece in the source. */
class Leaf {
  element = make('span');
  #shown = '';

  constructor(node) {
    this.take(node);
  }

  take({ text, from }) {
    if (this.text !== text) this.#shown = '';
    [this.text, this.from] = [text, from];
  }

  get to() { return this.from + this.text.length; }

  /** What was heard ends at `start`, what sounds at `end`; `isCut`: the answer ends there. */
  light(start, end, isCut) {
    const place = (at) => Math.min(Math.max(at - this.from, 0), this.text.length);
    const [first, second] = [place(start), place(end)];
    const state = `${first} ${second} ${isCut}`;
    if (state === this.#shown) return;
    this.#shown = state;
    const parts = [
      ['said', this.text.slice(0, first)], ['now', this.text.slice(first, second)],
      [isCut ? 'rest cut' : 'rest', this.text.slice(second)],
    ].filter(([, text]) => text);
    if (parts.length === 1) this.#show(...parts[0]);
    else this.#split(parts);
  }

  #show(name, text) {
    this.element.className = name;
    if (this.element.firstChild?.nodeType === Node.TEXT_NODE && this.element.childNodes.length === 1) {
      setText(this.element.firstChild, text);
    } else {
      this.element.textContent = text;
    }
  }

  #split(parts) {
    this.element.className = '';
    const spans = [...this.element.children];
    const kindOf = (name) => name.split(' ')[0];
    this.element.replaceChildren(...parts.map(([name, text]) => {
      const span = spans.find((each) => kindOf(each.className) === kindOf(name)) ?? make('span');
      span.className = name;
      if (span.firstChild) setText(span.firstChild, text);
      else span.textContent = text;
      return span;
    }));
  }
}

/** Its element in the document, kept for as long as it is the same kind of thing. */
class Branch {
  #children = [];

  constructor(node) {
    this.tag = node.tag;
    this.kind = node.kind;
    this.element = make(node.tag);
    this.inside = this.element;
    if (node.kind === 'code') this.#frameCode();
    if (node.kind === 'table') this.#frameTable();
  }

  /** A block of code, with its language and a button above it. */
  #frameCode() {
    this.name = make('span');
    const button = make('button', { type: 'button', className: 'link' }, t('copy'));
    button.onclick = async () => { if (await copy(this.inside.textContent)) button.textContent = t('copied'); };
    button.onblur = () => { button.textContent = t('copy'); };
    this.inside = make('code');
    this.block = this.element;
    // What is too wide is moved by the keyboard, too.
    this.element.tabIndex = 0;
    this.element.append(this.inside);
    const caption = make('div', { className: 'caption' }, this.name, button);
    this.element = make('div', { className: 'code' }, caption, this.element);
  }

  #frameTable() {
    this.block = this.element;
    this.element = make('div', { className: 'table', tabIndex: 0 }, this.element);
  }

  /** @param leaves gets all texts in it, in their order; `noted` what can be told of as a whole. */
  take(node, leaves, noted) {
    if (node.kind) {
      [this.from, this.to] = [node.from, node.to];
      noted.push(this);
    }
    if (node.kind === 'code') this.name.textContent = node.language;
    else this.element.className = node.kind === 'table' ? 'table' : node.name ?? '';
    if (node.name === 'task') this.element.textContent = node.isDone ? '☑ ' : '☐ ';
    if (node.tag === 'a') {
      Object.assign(this.element, { href: node.href, title: node.href, target: '_blank', rel: 'noopener noreferrer' });
    }
    if (node.name !== 'task') this.#children = patch(this.inside, this.#children, node.children, leaves, noted);
  }
}

const isSame = (view, node) => view instanceof Leaf
  ? node.text !== undefined : node.text === undefined && view.tag === node.tag && view.kind === node.kind;

/** Has `parent` show `nodes`; what is there already is kept, and changed as little as possible. */
function patch(parent, views, nodes, leaves, noted) {
  views.slice(nodes.length).forEach((view) => view.element.remove());
  return nodes.map((node, index) => {
    let view = views[index];
    if (!view || !isSame(view, node)) {
      const next = node.text === undefined ? new Branch(node) : new Leaf(node);
      if (view) view.element.replaceWith(next.element);
      else parent.append(next.element);
      view = next;
    }
    if (view instanceof Leaf) {
      view.take(node);
      leaves.push(view);
    } else {
      view.take(node, leaves, noted);
    }
    return view;
  });
}

/** The text of an answer. */
export class AnswerText {
  element = make('div', { className: 'text', dir: 'auto' });
  #discarded = make('p', { className: 'discarded' });
  #read = { source: '', from: 0, isOpen: null };
  #nodes = [];
  #views = [];
  #leaves = [];
  #noted = [];
  #body = make('div', { className: 'body' });

  constructor() {
    this.element.append(this.#body);
  }

  /** @param from what lies before is not part of the answer: the model thought. `isOpen`: more is to come. */
  read(source, from, isOpen) {
    const { source: read, from: begin, isOpen: wasOpen } = this.#read;
    if (read === source && begin === from && wasOpen === isOpen) return;
    this.#read = { source, from, isOpen };
    if (from > 0 && !this.#discarded.isConnected) this.element.prepend(this.#discarded);
    if (this.#discarded.textContent !== source.slice(0, from)) this.#discarded.textContent = source.slice(0, from);
    [this.#leaves, this.#noted] = [[], []];
    this.#nodes = blocks(source, from, isOpen);
    this.#views = patch(this.#body, this.#views, this.#nodes, this.#leaves, this.#noted);
  }

  /**
   * Shows what is heard.
   *
   * @param start where what was heard ends; @param end where the word that sounds does; both in the source.
   * @param isNote it is not read, but told of: "Code block."
   * @param isCut the answer ends there.
   */
  light(start, end, isNote, isCut) {
    const block = isNote ? this.#noted.find(({ from, to }) => from <= start && start < to) : null;
    for (const each of this.#noted) each.block.classList.toggle('now', each === block);
    if (block) start = end = block.to;
    let hasCut = false;
    for (const leaf of this.#leaves) {
      const isHere = isCut && !hasCut && leaf.to > end && start > this.#read.from;
      leaf.light(start, end, isHere);
      hasCut ||= isHere;
    }
  }

  /** Without mark-up. */
  get plain() { return plain(this.#nodes).trim(); }
}
