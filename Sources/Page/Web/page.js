// SPDX-License-Identifier: GPL-3.0-or-later
//
// The page at /: asks, and shows what the device does. Everything that happens is read from one stream of events, also
// what this page itself has asked for; so it does not matter who asked, and a lost connection asks nothing twice.

import { app, languageOfSession, liveTurns, narrow, sessionTitle } from './app.js';
import { ask, fitPrompt, pauseOrGoOn, stopAll } from './asking.js';
import { listenToControls, loadChoices, paintChoices, paintModels, paintSlider, takeControls } from './controls.js';
import { call, ignoreRefusal, stream } from './daemon.js';
import { $, frame, label, make, say, setLabel, translateDocument } from './document.js';
import { missingText } from './errors.js';
import { follow, lose, takeEvent, takeQueued } from './log.js';
import { listenToLogin } from './login.js';
import { listenToMicrophone, stopDictating } from './microphone.js';
import { Picture } from './picture.js';
import { chooseSession, paintSessions, refreshSessions, showSession } from './sessions.js';
import { closeSide, isSideOpen, listenToSide } from './side.js';
import { view } from './view.js';
import { kept, language, speak, spoken, t, time } from './words.js';

/** Questions to begin with. */
const ideas = [
  ['Why is the sky blue?', '天空为什么是蓝色的？'],
  ['Tell me a story about a lighthouse.', '讲一个灯塔的故事。'],
  ['What is a black hole?', '黑洞是什么？'],
];

const picture = new Picture();

/** All changes of the document that come with events, once a frame, after those of the turns. */
frame.paint = () => {
  const live = liveTurns();
  if (live.length !== app.liveCount) for (const turn of live) frame.ask(turn);
  app.liveCount = live.length;
  const answers = live.map((turn) => turn.answer);
  paintState(answers);
  paintButtons(answers);
  paintBanner();
  $('empty').hidden = $('log').childElementCount > 0;
  setLabel($('where'), sessionTitle(app.session), languageOfSession(app.session));
  if (view.isFollowing) view.follow();
  $('latest').hidden = view.isFollowing;
};

function paintState(live) {
  const answer = app.shown;
  const state = answer && !answer.hasEnded ? answer : live[0];
  const phase = !state ? 'idle' : state.isPaused ? 'paused' : state.phase === 'queued' ? 'queuedState' : state.phase;
  setLabel($('state'), t(phase));
  const title = state ? `${t(phase)} · Utter` : 'Utter';
  if (document.title !== title) document.title = title;
  const hasSounded = answer?.firstSound != null;
  setLabel($('first-sound'), hasSounded ? time(answer.firstSound) : '');
  $('first-sound').parentElement.hidden = !hasSounded;
  setLabel($('ahead'), answer ? t('seconds', (answer.ahead / 1000).toFixed(1)) : '');
  $('ahead').parentElement.hidden = !hasSounded || answer.hasEnded;
  // Nothing of what failed before it was spoken can be drawn.
  $('picture').hidden = !answer || answer.hasEnded && !answer.pieces.length;
  if (!answer) return;
  if ($('picture').open) picture.draw(answer);
  // The picture moves with the time while something is said.
  const isMoving = !answer.hasEnded && !answer.isPaused && app.isConnected;
  if (isMoving && !matchMedia('(prefers-reduced-motion: reduce)').matches) frame.ask();
}

function paintButtons(live) {
  // The keyboard would be nowhere in a button that can't be pressed.
  if (!live.length && [$('stop'), $('pause')].includes(document.activeElement)) $('prompt').focus();
  $('stop').disabled = $('pause').disabled = live.length === 0;
  label($('pause'), live.some((each) => each.isPaused) ? 'resume' : 'pause');
}

/** One line on what is wrong, or on what is not yet as it will be. */
function paintBanner() {
  const isLost = app.isConnected === false && !$('login').open;
  const missing = app.missing === null ? null : missingText(app.missing);
  const isDemo = app.model === 'demo' && !$('model').value;
  const [text, isCalm] = isLost ? [t('lostConnection'), false] : app.complaint ? [app.complaint, false]
    : missing ? [missing.text, missing.isCalm] : isDemo ? [t('demoAnswers'), true] : ['', true];
  setLabel($('connection'), text);
  $('connection').hidden = !text;
  $('connection').classList.toggle('calm', isCalm);
}

// MARK: What happens

stream.happened = (event) => {
  switch (event.event) {
    case 'missed':
      // What has ended meanwhile is then shown as the daemon remembers it.
      refresh().then(() => showSession(app.session));
      break;
    case 'controls':
      takeControls(event);
      frame.ask();
      break;
    case 'speaker':
      refresh();
      break;
    case 'queued':
      takeQueued(event);
      break;
    default:
      takeEvent(event);
  }
};

stream.connected = (isConnected) => {
  if (isConnected !== app.isConnected && !isConnected) say([t('lostConnection')]);
  app.isConnected = isConnected;
  document.documentElement.dataset.connected = isConnected;
  frame.ask();
  if (!isConnected) return;
  // The daemon may be another one, which wants no token any more and has other voices.
  $('login').close();
  app.hasChoices = false;
  refresh();
};

let readiness = 0;

/** Reads what events don't tell, or did not while there was no connection. */
async function refresh() {
  const known = [...app.turns.values()];
  clearTimeout(readiness);
  try {
    const status = await call('GET', '/v1/status');
    app.configured = status.configured ?? {};
    takeControls(status);
    app.model = status.model;
    app.missing = status.missing === null ? null : { code: status.missing_code, message: status.missing };
    // No event tells when it is ready, or when a model answers in place of the demo.
    if (!status.ready || status.model === 'demo') readiness = setTimeout(refresh, 3000);
    const living = new Set([status.speaking, ...status.waiting, ...status.suspended].filter(Boolean));
    for (const id of living) if (!app.turns.has(id)) follow(id);
    for (const turn of known) {
      if (!turn.answer.hasEnded && !living.has(turn.answer.id)) lose(turn);
    }
    await refreshSessions();
    if (!app.hasChoices) await loadChoices();
    paintModels();
  } catch (error) {
    ignoreRefusal(error);
  }
  frame.ask();
}

// MARK: What people do

function translate() {
  translateDocument();
  $('language').value = language;
  $('ideas').replaceChildren(...ideas.map(spoken).map((idea) =>
    make('li', {}, make('button', { type: 'button', onclick: () => ask(idea) }, idea))));
  paintSlider('rate');
  paintSlider('volume');
  paintSessions();
  paintChoices();
  for (const element of $('log').children) frame.ask(element.turn);
  frame.ask();
}

function listenToQuestion() {
  $('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    const prompt = $('prompt').value.trim();
    if (!prompt) return;
    $('prompt').value = '';
    fitPrompt();
    // A phone's keyboard would hide the answer.
    if (matchMedia('(pointer: coarse)').matches) $('prompt').blur();
    ask(prompt);
  });
  $('prompt').addEventListener('input', fitPrompt);
  $('prompt').addEventListener('keydown', (event) => {
    // Enter also chooses a candidate of an input method, as for Chinese.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    $('composer').requestSubmit();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing || $('login').open) return;
    if (isSideOpen()) closeSide();
    else if (!stopDictating() && !$('stop').disabled) stopAll();
  });
  $('stop').addEventListener('click', stopAll);
  $('pause').addEventListener('click', pauseOrGoOn);
}

function listenToView() {
  $('language').addEventListener('change', () => {
    speak($('language').value);
    translate();
  });
  $('new-session').addEventListener('click', () => chooseSession(null));
  $('search').addEventListener('input', paintSessions);
  $('scroller').addEventListener('scroll', view.wasMoved, { passive: true });
  $('latest').addEventListener('click', () => {
    view.isFollowing = true;
    frame.ask();
  });
  openPicture();
  narrow.addEventListener('change', openPicture);
  $('picture').addEventListener('toggle', () => frame.ask());
  // It opens and closes by itself, too.
  $('picture').querySelector('summary').addEventListener('click', () => {
    kept.set(pictureKey(), $('picture').open ? 'closed' : 'open');
  });
}

const pictureKey = () => narrow.matches ? 'narrow-picture' : 'picture';

/** On a small screen the picture would leave too little room for the answer. */
function openPicture() {
  $('picture').open = narrow.matches ? kept.get(pictureKey()) === 'open' : kept.get(pictureKey()) !== 'closed';
}

function listenToMachine() {
  window.addEventListener('online', stream.reopen);
  // A machine that has slept does not know which connections are dead.
  let hiddenAt = 0;
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenAt = Date.now();
    else if (!app.isConnected || Date.now() - hiddenAt > 60000) stream.reopen();
  });
}

listenToQuestion();
listenToControls();
listenToSide();
listenToView();
listenToMicrophone();
listenToMachine();
listenToLogin(() => showSession(app.session));
translate();
stream.open();
showSession(app.session);
if (matchMedia('(pointer: fine)').matches) $('prompt').focus();
