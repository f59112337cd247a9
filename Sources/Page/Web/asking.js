// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asking, stopping, pausing: what the page has the daemon do.

import { Answer } from './answer.js';
import { app, liveTurns } from './app.js';
import { call, Refusal } from './daemon.js';
import { $, frame, say } from './document.js';
import { addTurn, announce, bind, forgetTurn } from './log.js';
import { nameSession } from './sessions.js';
import { kept, t } from './words.js';
import { view } from './view.js';

export async function ask(prompt) {
  if (app.session === null) nameSession(prompt);
  const turn = addTurn(new Answer({ prompt, session: app.session }));
  view.isFollowing = true;
  const request = { prompt, session: app.session, policy: 'interrupt', detach: true };
  for (const name of ['persona', 'model']) if ($(name).value) request[name] = $(name).value;
  await send(turn, '/v1/ask', request);
}

/** Sends what a turn is to show the answer to. */
async function send(turn, path, request) {
  const { answer } = turn;
  app.sending.push(turn);
  try {
    const taken = await call('POST', path, request);
    if (answer.id === null) bind(turn, taken.answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    app.sending = app.sending.filter((each) => each !== turn);
    answer.phase = 'failed';
    answer.fault = { text: t('notSent', error.message) };
    announce(turn);
    frame.ask(turn);
  }
}

/** Asks once more what failed; what never came to the device is no longer shown. */
export function askAgain(turn) {
  const { prompt, wasSent } = turn.answer;
  if (!wasSent) forgetTurn(turn);
  ask(prompt);
  $('prompt').focus();
}

/** Has an answer heard once more: its words are lit again where they stand. */
export async function sayAgain(turn) {
  const answer = turn.answer;
  const again = Answer.again(answer);
  turn.repeated = answer;
  turn.show(again);
  await send(turn, '/v1/say', { text: again.text, policy: 'interrupt', detach: true, announce: false });
  if (again.phase !== 'failed') return;
  app.complaint = again.fault.text;
  turn.show(answer);
}

/** Puts a question where it can be changed. */
export function changeQuestion(prompt) {
  const field = $('prompt');
  field.value = prompt;
  fitPrompt();
  field.focus();
}

/** Does what a button says; what is refused is told for a while. */
export async function act(method, path, body) {
  clearTimeout(act.timer);
  app.complaint = '';
  let isDone = true;
  try {
    await call(method, path, body);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    isDone = false;
    complain(error.message);
    act.refused?.();
  }
  frame.ask();
  return isDone;
}

/** Says what could not be done, for a while. */
export function complain(text) {
  clearTimeout(act.timer);
  app.complaint = text;
  act.timer = setTimeout(() => {
    app.complaint = '';
    frame.ask();
  }, 10000);
  say([text]);
  frame.ask();
}

export const stopAnswer = (answer) => act('POST', '/v1/stop', { answer: answer.id });

/** Stops what is said and waits; what somebody called important only where nothing else is there to be stopped. */
export async function stopAll() {
  const live = liveTurns().map(({ answer }) => answer);
  const usual = live.filter((answer) => answer.priority !== 'important');
  if (usual.length === live.length || !usual.length) await act('POST', '/v1/stop', {});
  else for (const answer of usual) await stopAnswer(answer);
}

export const pauseOrGoOn = () =>
  act('POST', $('pause').dataset.label === 'resume' ? '/v1/resume' : '/v1/pause', {});

export function fitPrompt() {
  const field = $('prompt');
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + 2}px`;
}
