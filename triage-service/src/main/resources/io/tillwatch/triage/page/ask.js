// A question to runbooks, policies and past incidents: what is found is shown as text, with its id.

import {question} from './api.js';
import {byId, el, link, setText} from './dom.js';
import {kept} from './kept.js';

let needsToken = false;

/** Whoever asks anew does not wait for what was asked before: the last question is answered. */
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
  try {
    const answer = await question({question: byId('question').value.trim()}, kept.get('token'));
    if (mine === latest) {
      show(answer);
    }
  } catch (failure) {
    if (mine === latest) {
      failed(failure);
    }
  } finally {
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
  return el('article', {}, el('h3', {}, `${title} – ${section} `, cited(id)), ...lines(text));
}

/** A runbook has a page of its own. */
function cited(id) {
  const page = /^([^/#]+)#/.exec(id);
  return el('span', {class: 'id'}, page ? link(id, `/runbooks/${encodeURIComponent(page[1])}`) : id);
}

/** Items become lists, any other line stays one. */
function lines(text) {
  const parts = [];
  for (const line of text.split('\n').filter((each) => each.trim())) {
    const [, mark, item] = /^(\*|\d+\.) (.*)$/.exec(line) ?? [];
    if (mark === undefined) {
      parts.push(el('p', {}, ...words(line)));
      continue;
    }
    const kind = mark === '*' ? 'ul' : 'ol';
    if (parts.at(-1)?.localName !== kind) {
      parts.push(el(kind));
    }
    parts.at(-1).append(el('li', {}, ...words(item)));
  }
  return parts;
}

function words(line) {
  return line.split(/(`[^`]+`|\*[^*]+\*)/).map((part) => /^`.+`$/.test(part) ? el('code', {}, part.slice(1, -1))
    : /^\*.+\*$/.test(part) ? el('em', {}, part.slice(1, -1)) : part);
}

byId('ask-form').addEventListener('submit', submit);
