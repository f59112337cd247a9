// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which part of the conversation is seen.

import { $ } from './document.js';

/** Where the log is looked at. */
export const view = {
  /** It follows what is new: the word that is heard, or else the end. */
  isFollowing: true,
  /** Where it was put last. */
  top: 0,

  /** Where the word that is heard lies: pixels from the upper edge of what is seen to its ends; `null` if none is. */
  get word() {
    const word = document.querySelector('.sounding .now')?.getClientRects() ?? [];
    if (!word.length) return null;
    const edge = $('scroller').getBoundingClientRect().top;
    return { top: word[0].top - edge, bottom: word[word.length - 1].bottom - edge };
  },

  follow() {
    const scroller = $('scroller');
    const word = view.word;
    const lowest = scroller.clientHeight * 0.7;
    if (!word) scroller.scrollTop = scroller.scrollHeight;
    else if (word.top < 0) scroller.scrollTop += word.top - 8;
    else if (word.bottom > lowest) scroller.scrollTop += Math.min(word.bottom - lowest, word.top);
    view.top = scroller.scrollTop;
  },

  /** Somebody has moved it, and goes on reading there; unless what is new is to be seen there. */
  wasMoved() {
    const { scrollTop, scrollHeight, clientHeight } = $('scroller');
    if (Math.abs(scrollTop - view.top) < 2) return;
    view.top = scrollTop;
    const word = view.word;
    view.isFollowing = word
      ? word.top >= 0 && word.bottom <= clientHeight * 0.8 : scrollHeight - scrollTop - clientHeight < 48;
    $('latest').hidden = view.isFollowing;
  },
};
