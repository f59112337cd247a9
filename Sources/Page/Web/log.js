// SPDX-License-Identifier: GPL-3.0-or-later
//
// The questions and answers on the page, and the events that change them.

import { Answer } from './answer.js';
import { app } from './app.js';
import { ignoreRefusal, readEvents } from './daemon.js';
import { $, frame, say } from './document.js';
import { faultText } from './errors.js';
import { refreshSessions } from './sessions.js';
import { Turn } from './turn.js';
import { languageOf, t } from './words.js';

/** More turns than that make a page slow, and are of no use in it. */
const mostTurns = 100;

/** What the page has the voice say to try it: nothing to be read. */
export const samples = { texts: new Set(), answers: new Set() };

export function addTurn(answer) {
  const turn = new Turn(answer);
  const log = $('log');
  log.append(turn.element);
  while (log.childElementCount > mostTurns) {
    forgetTurn(log.firstElementChild.turn);
    $('older').hidden = false;
  }
  frame.ask(turn);
  return turn;
}

/** Leaves nothing of it: a page may be open for months. */
export function forgetTurn(turn) {
  turn.end();
  app.turns.delete(turn.answer.id);
  frame.views.delete(turn);
  turn.element.remove();
}

/** From now on the events of the answer `id` are the turn's. */
export function bind(turn, id) {
  turn.answer.id = id;
  app.turns.set(id, turn);
  app.sending = app.sending.filter((each) => each !== turn);
  frame.ask(turn);
}

export function takeQueued(event) {
  if (app.turns.has(event.answer) || samples.answers.has(event.answer)) return;
  if (event.session == null && samples.texts.delete(event.prompt)) {
    samples.answers.add(event.answer);
    return;
  }
  // What this page asked for may be told of here before its own request is answered.
  const isMeant = ({ answer }) => answer.id === null && answer.phase === 'sending' && (answer.isRepeated
    ? event.session == null && answer.text.startsWith(event.prompt)
    : answer.prompt === event.prompt && answer.session === event.session);
  const turn = app.sending.find(isMeant) ?? addTurn(new Answer({ prompt: event.prompt, session: event.session ?? null }));
  bind(turn, event.answer);
  turn.answer.priority = event.priority ?? 'normal';
  if (event.ahead > 0) turn.answer.phase = 'queued';
}

/** Reads an answer from its beginning, which was before the page was open. */
export function follow(id) {
  const turn = addTurn(new Answer({ session: null }));
  bind(turn, id);
  turn.source = readEvents(`/v1/events?answer=${encodeURIComponent(id)}`, (event) => {
    if (event.event === 'queued') {
      Object.assign(turn.answer, { prompt: event.prompt, session: event.session ?? null, priority: event.priority });
      frame.ask(turn);
    } else if (event.answer === id) {
      show(event, turn);
    }
  });
  turn.source.addEventListener('error', () => {
    if (turn.source?.readyState !== EventSource.CLOSED) return;
    // It has ended, too long ago to be told of.
    if (!turn.answer.hasEnded) lose(turn);
    turn.end();
  });
}

export function lose(turn) {
  turn.answer.phase = 'lost';
  turn.end();
  finishRepetition(turn);
  frame.ask(turn);
}

export function takeEvent(event) {
  if (samples.answers.has(event.answer)) {
    if (['finished', 'stopped', 'failed'].includes(event.event)) samples.answers.delete(event.answer);
    return;
  }
  const turn = app.turns.get(event.answer);
  if (!turn) follow(event.answer);
  // Else it reads for itself what everybody is told.
  else if (!turn.source) show(event, turn);
}

function show(event, turn) {
  const { answer } = turn;
  const before = answer.phase;
  answer.apply(event);
  if (['text', 'sound_start'].includes(event.event) || !app.shown || app.shown.hasEnded && !answer.hasEnded) {
    app.shown = app.shown?.phase === 'speaking' && answer.phase !== 'speaking' ? app.shown : answer;
  }
  if (answer.phase !== before) announce(turn);
  if (answer.hasEnded) {
    turn.end();
    finishRepetition(turn);
    refreshSessions().catch(ignoreRefusal);
  }
  frame.ask(turn);
}

/** Heard once more, an answer is what it was before. */
function finishRepetition(turn) {
  const { answer } = turn;
  if (!answer.isRepeated) return;
  app.turns.delete(answer.id);
  if (answer.fault) turn.repeated.fault = answer.fault;
  turn.show(turn.repeated);
  if (turn.repeated.id !== null) app.turns.set(turn.repeated.id, turn);
}

/** Tells a screen reader: each state once, and the text when it is complete, since the device itself reads it aloud. */
export function announce(turn) {
  const { answer } = turn;
  if (['thinking', 'speaking'].includes(answer.phase)) say([t(answer.phase)]);
  if (!answer.hasEnded) return;
  let text = '';
  if (answer.phase !== 'stopped' && !answer.isRepeated) {
    turn.text.read(answer.text, answer.discarded, false);
    text = turn.text.plain;
  }
  const state = answer.phase === 'finished' ? '' : t(answer.phase);
  say([state], [text, languageOf(text)], [answer.fault && faultText(answer.fault)]);
}
