// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the page knows.

import { kept, languageOf, t } from './words.js';

export const app = {
  /** The conversation that is open; `null`: one that begins with the next question. */
  session: kept.get('session') ?? 'default',
  sessions: [],
  /** Minutes for which a conversation is kept; `null` if that is not known. */
  keptFor: null,
  /** By the names of their answers. */
  turns: new Map(),
  /** Those whose answers have no name yet. */
  sending: [],
  /** The answer whose picture is drawn. */
  shown: null,
  isConnected: null,
  /** Why the device would not answer at once, `{ code, message }`; `null` when it would. */
  missing: null,
  /** What a button could not do. */
  complaint: '',
  /** The model that answers. */
  model: null,
  controls: {},
  /** What the settings say where no control is set. */
  configured: {},
  /** The slider that is being moved. */
  sliding: null,
};

/** The turns whose answers are under way. */
export const liveTurns = () => [...app.turns.values()].filter(({ answer }) => !answer.hasEnded);

export const sessionTitle = (name) =>
  name === null ? t('freshSession') : name === 'default' ? t('defaultSession') : name;
export const languageOfSession = (name) => name === null || name === 'default' ? '' : languageOf(name);

/** As page.css has it. */
export const narrow = matchMedia('(max-width: 820px), (max-height: 480px) and (max-width: 960px)');
