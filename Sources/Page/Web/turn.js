// SPDX-License-Identifier: GPL-3.0-or-later
//
// A question and its answer in the document.

import { app, sessionTitle } from './app.js';
import { askAgain, changeQuestion, sayAgain, stopAnswer } from './asking.js';
import { $, copy, frame, linkButton, make, setLabel } from './document.js';
import { faultText, noticeText } from './errors.js';
import { AnswerText } from './text.js';
import { language, languageOf, t } from './words.js';

const busyWords = { sending: 'sending', queued: 'queuedState', waiting: 'waiting', thinking: 'thinking' };

export class Turn {
  #tag = make('p', { className: 'tag' });
  // A heading: by them a screen reader goes from question to question.
  #asked = make('h2', { className: 'asked', dir: 'auto' });
  #doing = make('div', { className: 'doing' });
  #busy = null;
  #shown = '';
  #length = 0;
  #timer = 0;
  text = new AnswerText();
  element = make('li', { className: 'turn' });

  constructor(answer) {
    this.answer = answer;
    this.element.append(this.#tag, this.#asked, this.text.element, this.#doing);
    this.element.turn = this;
  }

  /** Shows another answer to the same question. */
  show(answer) {
    this.answer = answer;
    this.#shown = '';
    frame.ask(this);
  }

  paint() {
    const { answer } = this;
    setLabel(this.#asked, answer.prompt, languageOf(answer.prompt));
    this.#asked.hidden = !answer.prompt || answer.session === null;
    const tag = answer.session === null ? t('announcement')
      : answer.session !== app.session ? t('from', sessionTitle(answer.session)) : '';
    setLabel(this.#tag, tag);
    this.#tag.hidden = !tag;
    this.text.read(answer.text, answer.discarded, !answer.hasEnded && !answer.isRepeated);
    this.text.light(...answer.places, answer.isNote && answer.phase === 'speaking', answer.phase === 'stopped');
    const body = this.text.element;
    body.hidden = !answer.text;
    if (answer.text.length !== this.#length) body.lang = languageOf(answer.text);
    this.#length = answer.text.length;
    const list = this.element.classList;
    list.toggle('sounding', answer.phase === 'speaking' && !answer.missing);
    list.toggle('cut', answer.phase === 'stopped');
    this.element.dataset.phase = answer.isPaused ? 'paused' : answer.phase;
    this.#paintDoing();
    this.#paintWaiting();
  }

  #paintDoing() {
    const { answer } = this;
    const { phase, isPaused, fault, notices, missing } = answer;
    const earcon = answer.text === '' ? answer.earcon : null;
    // One of several can be stopped by itself; the only one has its button below.
    const isOneOfSeveral = !answer.hasEnded && answer.wasSent && app.liveCount > 1;
    const wanted = JSON.stringify(
      [language, phase, isPaused, fault, notices, missing, earcon, answer.figures, isOneOfSeveral, answer.isRepeated]);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    const items = [];
    this.#busy = null;
    if (isPaused) items.push(make('span', {}, t('paused')));
    else if (busyWords[phase]) items.push(this.#busy = make('span', { className: 'dots' }, t(busyWords[phase])));
    else if (phase === 'stopped' || phase === 'lost') items.push(make('span', {}, t(phase)));
    if (fault) items.push(make('span', { className: 'fault', title: fault.message ?? '' }, faultText(fault)));
    if (phase === 'failed' && answer.session !== null) {
      items.push(make('button', { type: 'button', className: 'small', onclick: () => askAgain(this) }, t('again')));
    }
    if (earcon) items.push(make('span', {}, t(`${earcon}Sound`)));
    items.push(...this.#buttons(isOneOfSeveral));
    for (const figure of answer.figures) items.push(make('span', { className: 'figure' }, figure));
    if (missing) items.push(make('span', { className: 'note' }, t(missing)));
    // What failed is a notice while it is spoken, and then the fault.
    const others = notices.filter((notice) => notice.code !== fault?.code);
    for (const text of others.map(noticeText)) if (text) items.push(make('span', { className: 'note' }, text));
    this.#doing.replaceChildren(...items);
  }

  #buttons(isOneOfSeveral) {
    const { answer } = this;
    if (isOneOfSeveral) return [linkButton('stop', () => stopAnswer(answer))];
    if (!answer.hasEnded) return [];
    const buttons = [];
    if (answer.text) buttons.push(linkButton('copy', (event) => this.#copy(event.currentTarget)));
    if (answer.text) buttons.push(linkButton('sayAgain', () => sayAgain(this)));
    if (answer.prompt && answer.session !== null) buttons.push(linkButton('edit', () => changeQuestion(answer.prompt)));
    if (answer.pieces.length) buttons.push(linkButton('show', () => this.#showPicture()));
    return buttons;
  }

  async #copy(button) {
    if (!await copy(this.answer.text.slice(this.answer.discarded).trim())) return;
    button.textContent = t('copied');
    button.onblur = () => { button.textContent = t('copy'); };
  }

  #showPicture() {
    app.shown = this.answer;
    $('picture').open = true;
    frame.ask();
  }

  /** How long there has been nothing to see, from three seconds on. */
  #paintWaiting() {
    clearTimeout(this.#timer);
    if (!this.#busy || this.answer.isPaused) return;
    const seconds = Math.floor(this.answer.age / 1000);
    this.#busy.dataset.time = seconds < 3 ? '' : t('seconds', seconds);
    this.#timer = setTimeout(() => frame.ask(this), 1000);
  }

  /** Nothing of it goes on. */
  end() {
    clearTimeout(this.#timer);
    this.source?.close();
    this.source = null;
  }
}
