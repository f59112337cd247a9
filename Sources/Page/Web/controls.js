// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the device sounds, for everybody; and who answers, in this browser.

import { app, liveTurns } from './app.js';
import { act } from './asking.js';
import { call, ignoreRefusal } from './daemon.js';
import { $, frame, label, make, setLabel } from './document.js';
import { samples } from './log.js';
import { isKey, kept, language, pageLanguage, t } from './words.js';

export function takeControls(controls) {
  app.controls = controls;
  $('mute').setAttribute('aria-pressed', controls.muted ?? false);
  for (const name of ['rate', 'volume']) {
    if (app.sliding === name) continue;
    $(name).value = controls[name] ?? app.configured[name] ?? $(name).value;
    paintSlider(name);
  }
  chooseVoice();
}

function chooseVoice() {
  const voice = app.controls.voice ?? '';
  const field = $('voice');
  field.value = voice;
  // Voices have more names than are listed.
  if (field.selectedIndex < 0) field.append(new Option(voice, voice, true, true));
  const configured = app.configured.voice;
  field.options[0].textContent = configured
    ? t('asConfiguredIs', configured === 'auto' ? t('autoVoiceShort') : voiceTitle(configured)) : t('asConfigured');
}

export function paintSlider(name) {
  const value = t(`${name}Value`, $(name).value);
  setLabel($(`${name}-value`), value);
  $(name).ariaValueText = value;
  $(`${name}-reset`).hidden = app.controls[name] == null;
  $(`${name}-reset`).ariaLabel = $(`${name}-reset`).title = t('resetTo', t(name));
}

/** The voices, personas and models that there are. */
export async function loadChoices() {
  const [voices, personas] = await Promise.all([call('GET', '/v1/voices'), call('GET', '/v1/personas')]);
  app.voices = voices.voices;
  app.personas = personas.personas.map(({ name }) => name);
  app.hasChoices = true;
  paintChoices();
  await loadModels();
}

/** Asks the model server what it has; there may be none. */
async function loadModels() {
  try {
    app.models = (await call('GET', '/v1/models')).data.map(({ id }) => id).filter((id) => id !== 'utter');
  } catch (error) {
    ignoreRefusal(error);
    app.models = [];
  }
  paintModels();
}

function languageName(code) {
  try {
    const names = new Intl.DisplayNames([pageLanguage()], { type: 'language', fallback: 'code' });
    const name = names.of(code);
    // Of some varieties browsers know no name, only their codes.
    return name === code || /[\dA-Z]{3}/.test(name) ? names.of(code.split('-')[0]) : name;
  } catch {
    return code;
  }
}

/** A voice's language by the tag that browsers know. */
const tagOf = ({ language }) => language.replace(/^cmn/, 'zh');

function voiceTitle(name) {
  const voice = (app.voices ?? []).find((each) => each.name === name);
  const title = voice ? languageName(voice.language) : name;
  return title === name ? title : `${title} · ${name}`;
}

export function paintChoices() {
  const wanted = new Set([...navigator.languages.map((tag) => tag.split('-')[0].toLowerCase()), 'en', 'zh']);
  const options = (app.voices ?? []).map((voice) => ({ voice, title: voiceTitle(voice.name) }))
    .sort((left, right) => left.title.localeCompare(right.title, language));
  const isYours = ({ voice }) => wanted.has(tagOf(voice).split('-')[0].toLowerCase());
  const group = (key, list) => {
    const made = make('optgroup', { label: t(key) });
    made.append(...list.map(({ voice, title }) => new Option(title, voice.name)));
    return made;
  };
  $('voice').replaceChildren(
    new Option(t('asConfigured'), ''), new Option(t('autoVoice'), 'auto'),
    group('yourVoices', options.filter(isYours)), group('allVoices', options.filter((option) => !isYours(option))));
  chooseVoice();
  const titleOf = (name) => isKey(`${name}Persona`) ? t(`${name}Persona`) : name;
  $('persona').replaceChildren(
    new Option(t('asConfigured'), ''), ...(app.personas ?? []).map((name) => new Option(titleOf(name), name)));
  chooseKept('persona');
  paintModels();
}

export function paintModels() {
  const titleOf = (name) => name === 'demo' ? t('demoModel') : name;
  const usual = app.model ? t('asConfiguredIs', titleOf(app.model)) : t('asConfigured');
  const wanted = JSON.stringify([usual, app.models]);
  if (wanted === paintModels.shown) return;
  paintModels.shown = wanted;
  const options = (app.models ?? []).map((name) => new Option(titleOf(name), name));
  $('model').replaceChildren(new Option(usual, ''), ...options);
  chooseKept('model');
}

/** What was chosen in this browser, if it is still there. */
function chooseKept(name) {
  $(name).value = kept.get(name) ?? '';
  if ($(name).selectedIndex < 0) $(name).value = '';
}

/** Lets a change be heard, where nothing else is. */
async function speakSample() {
  if (liveTurns().length || app.sending.length || app.controls.muted) return;
  const text = sampleText();
  samples.texts.add(text);
  try {
    // Whatever else is to be said goes before.
    const { answer } = await call('POST', '/v1/say', {
      text, policy: 'interrupt', priority: 'progress', detach: true, announce: false,
    });
    if (samples.texts.delete(text)) samples.answers.add(answer);
  } catch (error) {
    ignoreRefusal(error);
    samples.texts.delete(text);
  }
}

/** A sentence in the voice's language, or what any voice can read: the language's own name, and numbers. */
function sampleText() {
  const voice = (app.voices ?? []).find(({ name }) => name === $('voice').value);
  const tag = voice ? tagOf(voice) : pageLanguage();
  const [main] = tag.split('-');
  if (main === 'zh' || main === 'yue') return '这就是我的声音。';
  if (main === 'en') return 'This is how I sound.';
  try {
    const name = new Intl.DisplayNames([tag], { type: 'language', fallback: 'none' }).of(main);
    return name ? `${name}. 1, 2, 3.` : '1, 2, 3.';
  } catch {
    return '1, 2, 3.';
  }
}

async function change(values) {
  if (await act('PUT', '/v1/status', values)) speakSample();
}

export function listenToControls() {
  act.refused = () => takeControls(app.controls);
  $('mute').addEventListener('click', () => act('PUT', '/v1/status', { muted: !app.controls.muted }));
  $('voice').addEventListener('change', () => change({ voice: $('voice').value || null }));
  for (const name of ['rate', 'volume']) {
    $(name).addEventListener('input', () => {
      app.sliding = name;
      paintSlider(name);
    });
    $(name).addEventListener('change', () => {
      app.sliding = null;
      change({ [name]: Number($(name).value) });
    });
    $(`${name}-reset`).addEventListener('click', () => {
      act('PUT', '/v1/status', { [name]: null });
      // The button goes away.
      $(name).focus();
    });
  }
  for (const name of ['persona', 'model']) {
    $(name).addEventListener('change', () => {
      kept.set(name, $(name).value);
      frame.ask();
    });
  }
}
