// SPDX-License-Identifier: GPL-3.0-or-later
//
// The side with the conversations and the voice: on a narrow screen it lies over all else, which is then out of reach.

import { narrow } from './app.js';
import { $ } from './document.js';

export const isSideOpen = () => $('side').classList.contains('open');

function openSide(isOpen) {
  const wasOpen = isSideOpen();
  $('side').classList.toggle('open', isOpen);
  $('shade').hidden = !isOpen;
  for (const element of [document.querySelector('header'), document.querySelector('main')]) element.inert = isOpen;
  $('open-side').ariaExpanded = isOpen;
  if (isOpen) $('close-side').focus();
  else if (wasOpen) $('open-side').focus();
}

export const closeSide = () => openSide(false);

export function listenToSide() {
  $('open-side').addEventListener('click', () => openSide(true));
  for (const id of ['close-side', 'shade']) $(id).addEventListener('click', closeSide);
  narrow.addEventListener('change', closeSide);
}
