// SPDX-License-Identifier: GPL-3.0-or-later
//
// Dictating a question, where the browser recognises speech. The microphone is off unless the button was pressed, and the
// page says where the sound goes meanwhile. Utter itself hears nothing.

import { liveTurns } from './app.js';
import { act, ask, complain, fitPrompt, stopAll } from './asking.js';
import { $, say, setLabel } from './document.js';
import { pageLanguage, t } from './words.js';

const recognition = () => globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;

/** What the recogniser may say went wrong. */
const faults = { 'not-allowed': 'notAllowed', 'service-not-allowed': 'notAllowed', 'no-speech': 'notHeard' };

/** What listens now. */
let current = null;

/** Whether it can be done without the sound leaving the machine (Web Speech API, on-device recognition). */
async function isLocal(Recognition, lang) {
  try {
    return await Recognition.available?.({ langs: [lang], processLocally: true }) === 'available';
  } catch {
    return false;
  }
}

function show(isListening, text = '') {
  setLabel($('dictating'), text);
  $('dictating').hidden = !isListening;
  $('microphone').setAttribute('aria-pressed', isListening);
}

async function begin() {
  const Recognition = recognition();
  const lang = pageLanguage() === 'en' ? navigator.languages.find((tag) => /^en\b/i.test(tag)) ?? 'en-US' : 'zh-CN';
  const listener = current = new Recognition();
  Object.assign(listener, { lang, interimResults: true, continuous: false });
  const isHere = await isLocal(Recognition, lang);
  if (current !== listener) return;
  if (isHere) listener.processLocally = true;
  const told = t(isHere ? 'dictatingHere' : 'dictating');
  show(true, told);
  say([told]);
  let said = '';
  let isComplete = false;
  listener.onresult = ({ results }) => {
    said = [...results].map(([best]) => best.transcript).join('');
    $('prompt').value = said;
    fitPrompt();
    isComplete ||= results[results.length - 1].isFinal;
  };
  listener.onerror = ({ error }) => {
    if (error !== 'aborted') complain(t(faults[error] ?? 'noRecognition'));
  };
  // The voice would be heard, too.
  const wasSpeaking = liveTurns().some(({ answer }) => answer.phase === 'speaking' && !answer.isPaused);
  listener.onend = async () => {
    if (current === listener) leave();
    if (isComplete && said.trim()) {
      $('prompt').value = '';
      fitPrompt();
      // Otherwise the next answer would begin paused.
      if (wasSpeaking) await stopAll();
      ask(said.trim());
    } else if (wasSpeaking) {
      act('POST', '/v1/resume', {});
    }
  };
  if (wasSpeaking) await act('POST', '/v1/pause', {});
  if (current !== listener) {
    // Ended while the daemon was pausing: the browser has never begun to listen, and tells of no end.
    listener.onend();
    return;
  }
  listener.isListening = true;
  listener.start();
}

/** Leaves dictation: nothing listens from now on. */
function leave() {
  current = null;
  show(false);
}

/** Ends dictation, keeping what was heard (`stop`) or not (`abort`). */
function end(how) {
  if (current.isListening) current[how]();
  else leave();
}

export function listenToMicrophone() {
  // Browsers give the microphone only to pages that nobody can have changed on their way.
  $('microphone').hidden = !recognition() || !isSecureContext;
  $('microphone').addEventListener('click', () => {
    if (current) end('stop');
    else begin();
  });
}

/** @returns whether there was something to be ended. */
export function stopDictating() {
  if (!current) return false;
  end('abort');
  return true;
}
