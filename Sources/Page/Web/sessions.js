// SPDX-License-Identifier: GPL-3.0-or-later
//
// Conversations: the daemon's sessions.

import { Answer } from './answer.js';
import { app, languageOfSession, sessionTitle } from './app.js';
import { complain } from './asking.js';
import { call, ignoreRefusal, Refusal } from './daemon.js';
import { $, frame, make, setLabel } from './document.js';
import { addTurn } from './log.js';
import { closeSide } from './side.js';
import { view } from './view.js';
import { kept, language, stretch, t } from './words.js';

/** With fewer there is nothing to look for. */
const fewSessions = 8;

export async function refreshSessions() {
  const { sessions, kept_min: minutes } = await call('GET', '/v1/sessions');
  app.sessions = sessions;
  app.keptFor = minutes ?? null;
  paintSessions();
}

const isKnown = (name) => app.sessions.some((session) => session.name === name);

function shownNames() {
  const names = app.sessions.map((session) => session.name);
  if (!names.includes(app.session)) names.unshift(app.session);
  if (!names.includes('default')) names.push('default');
  $('search').hidden = names.length <= fewSessions;
  const sought = $('search').hidden ? '' : $('search').value.trim().toLocaleLowerCase();
  return names.filter((name) => sessionTitle(name).toLocaleLowerCase().includes(sought));
}

export function paintSessions() {
  const names = shownNames();
  setLabel($('kept'), app.keptFor === null ? '' : t('keptFor', stretch(app.keptFor)));
  const wanted = JSON.stringify([language, app.session, names, names.map(isKnown)]);
  // What is being written stays.
  if (wanted === paintSessions.shown || $('sessions').querySelector('input')) return;
  paintSessions.shown = wanted;
  const focused = [...$('sessions').querySelectorAll('button')].indexOf(document.activeElement);
  $('sessions').replaceChildren(...names.map(makeItem));
  // The keyboard stays where it was.
  if (focused >= 0) [...$('sessions').querySelectorAll('button')].at(focused)?.focus();
}

function repaintSessions() {
  paintSessions.shown = '';
  paintSessions();
}

function makeItem(name) {
  const [title, lang] = [sessionTitle(name), languageOfSession(name)];
  const choose = make('button', { type: 'button', className: 'choose', onclick: () => chooseSession(name) }, title);
  Object.assign(choose, { dir: 'auto', lang, title });
  if (name === app.session) choose.setAttribute('aria-current', 'true');
  const item = make('li', {}, choose);
  if (!isKnown(name)) return item;
  const button = (className, key, sign) => {
    const made = make('button', { type: 'button', className, title: t(key, title) }, sign);
    made.setAttribute('aria-label', t(key, title));
    item.append(made);
    return made;
  };
  // Others ask in the everyday one without naming it.
  if (name !== 'default') button('rename', 'rename', '✎').onclick = () => renameSession(name, item);
  const forget = button('forget', 'forget', '×');
  forget.onclick = () => forgetSession(name, forget);
  return item;
}

function renameSession(name, item) {
  const field = make('input', { type: 'text', value: name, maxLength: 64, enterKeyHint: 'done' });
  field.setAttribute('aria-label', t('newName', name));
  let isOver = false;
  const end = async (isWanted) => {
    if (isOver) return;
    isOver = true;
    const wanted = field.value.trim();
    field.remove();
    if (isWanted && wanted && wanted !== name) await tellNewName(name, wanted);
    repaintSessions();
  };
  field.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229 || !['Enter', 'Escape'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    end(event.key === 'Enter');
  });
  field.addEventListener('blur', () => end(true));
  item.replaceChildren(field);
  field.focus();
  field.select();
}

async function tellNewName(name, wanted) {
  try {
    await call('PUT', `/v1/sessions/${encodeURIComponent(name)}`, { name: wanted });
    if (app.session === name) {
      app.session = wanted;
      kept.set('session', wanted);
    }
    for (const { turn } of $('log').children) {
      if (turn.answer.session !== name) continue;
      turn.answer.session = wanted;
      frame.ask(turn);
    }
    await refreshSessions();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    complain(error.message);
  }
}

/** Asks back by the button itself: what is forgotten can't be had back. */
async function forgetSession(name, button) {
  if (!button.dataset.sure) {
    button.dataset.sure = true;
    button.textContent = t('forgetSure');
    button.classList.add('sure');
    button.title = t('forgetAgain', sessionTitle(name));
    button.setAttribute('aria-label', button.title);
    button.onblur = repaintSessions;
    return;
  }
  button.onblur = null;
  await call('DELETE', `/v1/sessions/${encodeURIComponent(name)}`).catch(ignoreRefusal);
  if (name === app.session) chooseSession('default');
  else refreshSessions().catch(ignoreRefusal);
}

export function chooseSession(name) {
  app.session = name;
  if (name !== null) kept.set('session', name);
  closeSide();
  paintSessions();
  showSession(name);
  if (name === null) $('prompt').focus();
}

/** Shows what the daemon remembers of a conversation, and all that goes on. */
export async function showSession(name) {
  let exchanges = [];
  try {
    await refreshSessions();
    if (isKnown(name)) exchanges = (await call('GET', `/v1/sessions/${encodeURIComponent(name)}`)).exchanges;
  } catch (error) {
    ignoreRefusal(error);
    // Without a connection, what is shown is all there is.
    return;
  }
  if (name !== app.session) return;
  const turns = [...$('log').children].map((element) => element.turn);
  const live = turns.filter(({ answer }) => !answer.hasEnded);
  for (const turn of turns) if (!live.includes(turn)) turn.end();
  app.turns.clear();
  app.shown = live.find(({ answer }) => answer === app.shown)?.answer ?? live[0]?.answer ?? null;
  $('log').replaceChildren();
  $('older').hidden = true;
  for (const exchange of exchanges) addTurn(Answer.told(exchange, name));
  for (const turn of live) {
    $('log').append(turn.element);
    if (turn.answer.id !== null) app.turns.set(turn.answer.id, turn);
    frame.ask(turn);
  }
  view.isFollowing = true;
  frame.ask();
}

/** Begins a conversation, named after its first question. */
export function nameSession(prompt) {
  const name = prompt.replace(/[\s/\\\p{Cc}\p{Cf}]+/gu, ' ').trim() || t('freshSession');
  const start = Array.from(name).slice(0, 40).join('');
  // Not in the middle of a word, where there are spaces.
  const short = start === name ? name : `${start.replace(/(?<=.{20}) \S*$/u, '')}…`;
  let [candidate, number] = [short, 2];
  while (isKnown(candidate)) candidate = `${short} ${number++}`;
  app.session = candidate;
  kept.set('session', candidate);
  paintSessions();
}
