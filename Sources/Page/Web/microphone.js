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
  // The voice would be heard, too.
  const wasSpeaking = liveTurns().some(({ answer }) => answer.phase === 'speaking' && !answer.isPaused);
  if (wasSpeaking) await act('POST', '/v1/pause', {});
  let said = '';
  listener.onresult = ({ results }) => {
    said = [...results].map(([best]) => best.transcript).join('');
    $('prompt').value = said;
    fitPrompt();
    if (results[results.length - 1].isFinal) listener.isComplete = true;
  };
  listener.onerror = ({ error }) => {
    if (error !== 'aborted') complain(t(faults[error] ?? 'noRecognition'));
  };
  listener.onend = async () => {
    if (current === listener) {
      current = null;
      show(false);
    }
    if (listener.isComplete && said.trim()) {
      $('prompt').value = '';
      fitPrompt();
      // Else what comes next would begin paused.
      if (wasSpeaking) await stopAll();
      ask(said.trim());
    } else if (wasSpeaking) {
      act('POST', '/v1/resume', {});
    }
  };
  listener.start();
}

export function listenToMicrophone() {
  // Browsers give the microphone only to pages that nobody can have changed on their way.
  $('microphone').hidden = !recognition() || !isSecureContext;
  $('microphone').addEventListener('click', () => {
    if (current) current.stop();
    else begin();
  });
}

/** @returns whether there was something to be ended. */
export function stopDictating() {
  if (!current) return false;
  current.abort();
  return true;
}
