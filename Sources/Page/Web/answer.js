// SPDX-License-Identifier: GPL-3.0-or-later
//
// What has happened to an answer, as the events tell it.

import { t, time } from './words.js';

/** Text that grows, in which the daemon's places, in bytes of UTF-8, are found as places in a JavaScript string. */
class GrowingText {
  text = '';
  // The place that was found last: most of the time the next one is a little behind it.
  #bytes = 0;
  #units = 0;

  append(more) {
    this.text += more;
  }

  index(bytes) {
    if (bytes < this.#bytes) this.#bytes = this.#units = 0;
    while (this.#bytes < bytes && this.#units < this.text.length) {
      const point = this.text.codePointAt(this.#units);
      this.#bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      this.#units += point < 0x10000 ? 1 : 2;
    }
    return this.#units;
  }
}

const letters = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Whether what is said of a place is not what stands there, as of a block of code, which is told of and not read. */
const isNote = (said, written) => !letters(written).includes(letters(said).slice(0, 3));

/** Times are in ms since the request, as the daemon counts. */
export class Answer {
  /** One of the keys of `words`. */
  phase = 'sending';
  isPaused = false;
  /** Which events of it are not known, a key of `words`; the places of words are not known then either. */
  missing = null;
  /** What went wrong, and what there is to know beside: `{ code, message }`. */
  fault = null;
  notices = [];
  /** The short sound that was heard, by its signal. */
  earcon = null;
  summary = null;
  content = new GrowingText();
  /** The word that is heard, and the end of what is not to be said, as places in the text. */
  word = [0, 0];
  isNote = false;
  discarded = 0;
  pieces = [];
  firstText = null;
  lastText = null;
  firstSound = null;
  /** When it ended. */
  end = null;
  /** An important one is not to be stopped by the way. */
  priority = 'normal';
  #sequence = -1;
  #pausedAt = null;
  /** The browser's time at which the daemon's was 0; events come late, but never early. */
  #origin = Infinity;

  get wasSent() { return this.id !== null; }

  constructor({ id = null, session = null, prompt = '' }) {
    Object.assign(this, { id, session, prompt });
    this.asked = performance.now();
  }

  /** One that the daemon remembers; what was never heard of it may be read all the same. */
  static told({ question, answer, unheard = '', interrupted }, session) {
    const told = new Answer({ session, prompt: question });
    told.content.append(answer + unheard);
    told.phase = interrupted ? 'stopped' : 'finished';
    told.heardEnd = answer.length;
    return told;
  }

  /** One that is to be heard again. */
  static again({ session, prompt, text, discarded }) {
    const again = new Answer({ session, prompt });
    again.content.append(text.slice(discarded));
    again.isRepeated = true;
    return again;
  }

  get text() { return this.content.text; }
  get hasEnded() { return ['finished', 'stopped', 'failed', 'lost'].includes(this.phase); }
  get now() { return performance.now() - this.#origin; }

  /** Since it was asked, in ms. */
  get age() { return performance.now() - Math.min(this.asked, this.#origin); }

  /** Sound that was made and not yet heard, in ms. */
  get ahead() {
    if (this.hasEnded) return 0;
    const now = this.#pausedAt ?? this.now;
    return this.pieces.reduce((sum, piece) => {
      if (piece.duration === undefined || piece.heard !== undefined) return sum;
      const played = piece.sounds === undefined ? 0 : now - piece.sounds;
      return sum + Math.max(0, piece.duration - Math.max(0, played));
    }, 0);
  }

  apply(event) {
    if (event.seq <= this.#sequence) return;
    if (event.seq > this.#sequence + 1) this.missing = this.#sequence < 0 ? 'partial' : 'hole';
    this.#sequence = event.seq;
    this.#origin = Math.min(this.#origin, performance.now() - event.ms);
    const piece = this.pieces[event.index];
    switch (event.event) {
      case 'accepted':
        if (this.phase === 'sending') this.phase = 'waiting';
        break;
      case 'thinking':
        this.phase = 'thinking';
        break;
      case 'first_text':
        this.firstText = event.ms;
        break;
      case 'text':
        if (!this.isRepeated) this.content.append(event.text);
        this.firstText ??= event.ms;
        this.lastText = event.ms;
        // It may be written long before its turn to be heard.
        if (!['speaking', 'queued'].includes(this.phase)) this.phase = 'writing';
        break;
      case 'piece': {
        const before = this.pieces.findLast((each) => each !== undefined)?.cut ?? this.firstText ?? event.ms;
        const written = this.text.slice(this.content.index(event.start), this.content.index(event.end));
        this.pieces[event.index] = {
          from: Math.min(before, event.ms), cut: event.ms, isNote: isNote(event.text, written),
        };
        break;
      }
      case 'synthesized':
        if (piece) Object.assign(piece, { made: event.ms, duration: event.duration_ms });
        break;
      case 'sound_start':
        this.phase = 'speaking';
        this.firstSound ??= event.ms;
        if (piece) Object.assign(piece, { sounds: event.ms, heard: undefined });
        break;
      case 'word':
        if (this.missing) break;
        this.word = [this.content.index(event.start), this.content.index(event.end)];
        this.isNote = piece?.isNote ?? false;
        break;
      case 'heard':
        if (piece) piece.heard = event.ms;
        break;
      case 'discard':
        this.discarded = this.text.length;
        this.word = [this.discarded, this.discarded];
        break;
      case 'paused':
        this.isPaused = true;
        this.#pausedAt = event.ms;
        break;
      case 'resumed': {
        const pause = event.ms - (this.#pausedAt ?? event.ms);
        for (const each of this.pieces) {
          if (each?.sounds !== undefined && each.heard === undefined) each.sounds += pause;
        }
        this.isPaused = false;
        this.#pausedAt = null;
        break;
      }
      case 'signal':
        // What is said in words is on the screen in other ones.
        if (!event.spoken) this.earcon = event.signal;
        break;
      case 'notice':
        this.notices.push(event);
        break;
      case 'failed':
        this.fault = event;
        // falls through
      case 'finished':
      case 'stopped':
        this.phase = event.event;
        this.isPaused = false;
        this.end = event.ms;
        this.summary = event;
        this.firstSound = event.first_sound_ms ?? this.firstSound;
        break;
    }
  }

  /** Where in the text what was heard ends, and where what sounds does. */
  get places() {
    let [start, end] = this.word;
    if (this.phase === 'stopped' && this.heardEnd !== undefined) {
      start = end = this.heardEnd;
    } else if (this.phase === 'stopped' && this.summary && !this.summary.silent && !this.missing) {
      start = end = this.content.index(this.summary.heard_end);
    } else if (this.hasEnded) {
      start = end = this.text.length;
    }
    return [Math.max(this.discarded, start), Math.max(this.discarded, end)];
  }

  /** What is known of its times when it has ended. */
  get figures() {
    const summary = this.summary;
    if (!summary) return [];
    return [
      this.firstSound != null && t('figures', time(this.firstSound)),
      this.phase === 'finished' && summary.sound_ms > 0 && t('sound', time(summary.sound_ms)),
      summary.tokens_per_second && t('tokens', Math.round(summary.tokens_per_second)),
    ].filter(Boolean);
  }
}
