// SPDX-License-Identifier: GPL-3.0-or-later
//
// The token that a daemon may want.

import { act } from './asking.js';
import { call, Refusal, stream, whenTokenIsWanted } from './daemon.js';
import { $ } from './document.js';
import { kept, t } from './words.js';

/** @param body is called when the browser has been let in. */
export function listenToLogin(body) {
  whenTokenIsWanted(() => { if (!$('login').open) $('login').showModal(); });
  $('login-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    if (await logIn()) body();
  });
  // There is nothing to see without the token.
  $('login').addEventListener('cancel', (event) => event.preventDefault());
  $('logout').addEventListener('click', async () => {
    await act('DELETE', '/login');
    kept.set('login', '');
    location.reload();
  });
  $('logout').hidden = !kept.get('login');
}

async function logIn() {
  const fault = $('login-fault');
  try {
    await call('POST', '/login', { token: $('token').value });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    fault.textContent = error.status === 401 ? t('loginWrong') : error.message;
    fault.hidden = false;
    $('token').select();
    return false;
  }
  $('token').value = '';
  fault.hidden = true;
  kept.set('login', 'yes');
  $('logout').hidden = false;
  $('login').close();
  stream.reopen();
  return true;
}
