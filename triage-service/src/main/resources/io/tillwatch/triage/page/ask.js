// A question to runbooks, policies and past incidents: what is found is shown as text, with its id.

import {question} from './api.js';
import {byId, el, setText} from './dom.js';
import {kept} from './kept.js';

let needsToken = false;
let latest = 0;

/** What the server said about who may write is true of who may ask. */
export function offerQuestions({writes}) {
  byId('asking').hidden = writes === 'closed';
  needsToken = writes === 'token';
  askForToken();
}

function askForToken() {
  const hidden = !needsToken || kept.get('token') !== '';
  for (const id of ['ask-token', 'ask-token-label']) {
    byId(id).hidden = hidden;
  }
  byId('ask-token').required = !hidden;
}

async function submit(event) {
  event.preventDefault();
  const mine = ++latest;
  if (byId('ask-token').value.trim()) {
    kept.set('token', byId('ask-token').value.trim());
    byId('ask-token').value = '';
  }
  setText(byId('ask-said'), 'Looking…');
  byId('ask-found').replaceChildren();
  byId('ask-send').disabled = true;
  try {
    const answer = await question({question: byId('question').value.trim()}, kept.get('token'));
    if (mine === latest) {
      show(answer);
    }
  } catch (failure) {
    failed(failure);
  } finally {
    byId('ask-send').disabled = false;
    askForToken();
  }
}

function failed(failure) {
  if (failure.status === 401 && failure.error === 'unauthorized') {
    kept.set('token', '');
    needsToken = true;
  }
  setText(byId('ask-said'), `No answer: ${failure.message}.`);
}

function show({answer, author, refused, passages}) {
  setText(byId('ask-said'), refused ? 'Nothing fits: no runbook, policy or past incident speaks of it.'
    : answer ? `Written by ${author} from these passages; each sentence names its own.`
      : passages.length === 1 ? 'One passage speaks of it.' : `${passages.length} passages speak of it, the best first.`);
  byId('ask-found').replaceChildren(...answer ? [el('p', {class: 'answer'}, answer)] : [],
      ...passages.map(passage));
}

function passage({id, title, section, text}) {
  return el('article', {}, el('h4', {}, `${title} – ${section} `, el('span', {class: 'id'}, id)),
      el('p', {class: 'text'}, text));
}

byId('ask-form').addEventListener('submit', submit);
