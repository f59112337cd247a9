// SPDX-License-Identifier: GPL-3.0-or-later
//
// What all parts do with the document. Text reaches it as text nodes only.

import { pageLanguage, t } from './words.js';

export const $ = (id) => document.getElementById(id);

/** Makes an element; `children` that are strings become text. */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** A button that reads like a link. */
export const linkButton = (key, onclick) =>
  make('button', { type: 'button', className: 'link', onclick }, t(key));

/** Changes a text node as little as possible, so that a selection in it lasts. */
export function setText(node, text) {
  if (node.data === text) return;
  if (text.startsWith(node.data)) node.appendData(text.slice(node.data.length));
  else node.data = text;
}

export function setLabel(element, text, lang = '') {
  if (element.textContent !== text) element.textContent = text;
  if (element.lang !== lang) element.lang = lang;
}

export function translateDocument() {
  document.documentElement.lang = pageLanguage();
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = t(element.dataset.text);
  for (const element of document.querySelectorAll('[data-label]')) label(element);
  for (const element of document.querySelectorAll('[data-placeholder]')) {
    element.placeholder = t(element.dataset.placeholder);
  }
}

/** Names an element by its `data-label`. */
export function label(element, key = element.dataset.label) {
  if (element.dataset.label !== key) element.dataset.label = key;
  const text = t(key);
  if (element.ariaLabel === text) return;
  element.ariaLabel = text;
  if (element.tagName === 'BUTTON') element.title = text;
}

/** Has a screen reader say texts, each in a language; the page's if none is named. */
export function say(...texts) {
  const said = texts.filter(([text]) => text);
  $('said').replaceChildren(...said.map(([text, lang = pageLanguage()]) => make('p', { lang, textContent: text })));
}

/** Has all changes that come with events made once in the next frame, however often it is asked for. */
export const frame = {
  /** What is to be painted, each with its `paint()`. */
  views: new Set(),
  /** Called after them. */
  paint: () => {},
  isAsked: false,

  ask(view) {
    if (view) frame.views.add(view);
    if (frame.isAsked) return;
    frame.isAsked = true;
    requestAnimationFrame(() => {
      frame.isAsked = false;
      const views = [...frame.views];
      frame.views.clear();
      for (const each of views) each.paint();
      frame.paint();
    });
  },
};

/**
 * Copies a text, where the browser lets the page: over plain HTTP from another machine it has only the old way.
 *
 * @returns whether it was copied.
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = make('textarea', { value: text, className: 'hidden', readOnly: true });
    const focused = document.activeElement;
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand('copy');
    field.remove();
    focused?.focus();
    return isCopied;
  }
}
