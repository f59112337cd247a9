// SPDX-License-Identifier: GPL-3.0-or-later
//
// The daemon: requests, and the stream of events from which the page learns what happens.

import { faultText } from './errors.js';
import { t } from './words.js';

/** What the daemon, or the way to it, did not do; its message is in the page's language. */
export class Refusal extends Error {
  constructor(message, { status, code } = {}) {
    super(message);
    Object.assign(this, { status, code });
  }
}

/** For what is tried again by itself, or needs no word. */
export function ignoreRefusal(error) {
  if (!(error instanceof Refusal)) throw error;
}

/** Is called when the daemon wants its token. */
let wantToken = () => {};

export function whenTokenIsWanted(body) {
  wantToken = body;
}

/** @throws Refusal */
export async function call(method, path, body) {
  let response;
  try {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
    response = await fetch(path, { method, headers, body: JSON.stringify(body), cache: 'no-store' });
  } catch {
    throw new Refusal(t('unreachable'));
  }
  const value = await response.json().catch(() => null);
  if (response.ok) return value;
  if (response.status === 401 && path !== '/login') wantToken();
  const { status } = response;
  const fault = value?.error;
  throw new Refusal(fault?.message ? faultText(fault) : t('refused', status), { status, code: fault?.code });
}

const eventNames = [
  'queued', 'controls', 'speaker', 'missed', 'accepted', 'thinking', 'first_text', 'text', 'piece', 'synthesized',
  'sound_start', 'word', 'heard', 'signal', 'signal_end', 'discard', 'underrun', 'paused', 'resumed', 'notice',
  'finished', 'stopped', 'failed',
];

/** Reads events; `take` gets each with its id. */
export function readEvents(path, take) {
  const source = new EventSource(path);
  for (const name of eventNames) {
    source.addEventListener(name, (message) => take(JSON.parse(message.data), message.lastEventId));
  }
  return source;
}

/**
 * The stream of events. When it is lost it is taken up again after the last event, soon at first, then more and more
 * seldom.
 */
export const stream = {
  source: null,
  timer: 0,
  lastId: '',
  failures: 0,
  /** Seconds between two attempts. */
  longestPause: 30,
  /** Get each event, and whether there is a connection. */
  happened: () => {},
  connected: () => {},

  open() {
    clearTimeout(stream.timer);
    stream.source?.close();
    const after = stream.lastId ? `?last_event_id=${encodeURIComponent(stream.lastId)}` : '';
    const source = stream.source = readEvents(`/v1/events${after}`, (event, id) => {
      if (id) stream.lastId = id;
      stream.happened(event);
    });
    source.addEventListener('open', () => {
      stream.failures = 0;
      stream.connected(true);
    });
    source.addEventListener('error', () => {
      // An answer that is no stream closes it; then a token may be wanted.
      if (source.readyState === EventSource.CLOSED) call('GET', '/v1/status').catch(ignoreRefusal);
      source.close();
      stream.connected(false);
      // Not all pages at the same time.
      const pause = Math.min(stream.longestPause, 2 ** stream.failures++) * (0.75 + Math.random() / 2);
      stream.timer = setTimeout(stream.open, pause * 1000);
    });
  },

  /** At once: there is reason to think that it is possible again. */
  reopen() {
    stream.failures = 0;
    stream.open();
  },
};
