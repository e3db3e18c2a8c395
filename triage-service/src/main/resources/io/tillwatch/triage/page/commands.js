// What people do with an incident: a button each, one dialog for who and why, and what became of it.

import {addressOf, ask, send} from './api.js';
import {byId, el, setText} from './dom.js';
import {kept} from './kept.js';
import {phrase} from './words.js';

const LIVE = new Set(['detected', 'open', 'acknowledged', 'mitigated', 'recovering']);
const OVER = new Set(['resolved', 'reviewed']);
const LOOKS_MAX = 40;
const LOOK_EVERY = 250;

const COMMANDS = [
  {
    verb: 'acknowledge', label: 'Acknowledge', done: 'acknowledged', says: 'You take it. The pager is told.',
    fits: (incident) => LIVE.has(incident.state) && !incident.acknowledgedAt,
  },
  {
    verb: 'mitigate', label: 'Mitigated', done: 'mitigated', says: 'The loss is stopped, though the cause may remain.',
    fits: (incident) => LIVE.has(incident.state) && !incident.mitigatedAt,
  },
  {
    verb: 'resolve', label: 'Resolve', done: 'resolved', says: 'It is over.',
    fits: (incident) => LIVE.has(incident.state),
  },
  {
    verb: 'review', label: 'Confirm class and cause', done: 'reviewed', fields: ['class', 'cause'],
    says: 'What it really was. A later review replaces it; the log keeps both.',
    fits: (incident) => OVER.has(incident.state),
  },
  {
    verb: 'note', label: 'Note', done: 'noted', says: 'Goes into its log, and to where it is told.', why: 'Text', whyNeeded: true,
    fits: () => true,
  },
  {
    verb: 'merge', label: 'Merge', done: 'merged', fields: ['into'], says: 'It becomes part of another one with the same cause.',
    fits: (incident) => LIVE.has(incident.state),
  },
];

const server = {writes: 'closed', closedBecause: 'The server has not said yet who may write.', classes: []};
let shown = null;

/** What the server said about who may write, and what a review can confirm. */
export function offer({writes, closedBecause, classes}) {
  Object.assign(server, {writes, closedBecause, classes});
  byId('class').replaceChildren(el('option', {value: ''}, 'Choose one'),
      ...classes.map((label) => el('option', {value: label}, phrase(label))));
}

/** A row of buttons for one incident, and a line that says what became of them. */
export function commandRow(id) {
  const said = el('p', {class: 'said'});
  const buttons = COMMANDS.map((command) => {
    const button = el('button', {type: 'button', class: command.verb === 'acknowledge' ? 'first' : ''}, command.label);
    button.addEventListener('click', () => {
      button.focus({preventScroll: true}); // Not every browser does, and it is where the dialog goes back to.
      open(command, row.incident, said);
    });
    return button;
  });
  const row = {
    node: el('div', {class: 'commands', role: 'group', 'aria-label': `What to do with ${id}`}, buttons, said),
    incident: null,
    show(incident) {
      row.incident = incident;
      const focused = buttons.includes(document.activeElement);
      COMMANDS.forEach((command, i) => {
        buttons[i].hidden = !command.fits(incident);
      });
      if (focused && (document.activeElement?.hidden ?? true)) {
        buttons.find((button) => !button.hidden)?.focus({preventScroll: true});
      }
    },
  };
  return row;
}

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function open(command, incident, said) {
  // One opening is one command: what is sent again after a lost answer is not done twice, and the
  // log is read from where it ended before any of it was sent.
  shown = {command, incident, said, key: newKey(), sent: '', before: endOfLog(incident.id)};
  const closed = server.writes === 'closed';
  setText(byId('command-title'), command.label);
  setText(byId('command-says'), command.says);
  setText(byId('command-about'), `${incident.id}: ${incident.title}`);
  setText(byId('command-closed'), closed ? `Nothing can be written from here: ${server.closedBecause}.` : '');
  byId('command-closed').hidden = !closed;
  byId('command-fields').hidden = closed;
  byId('command-send').hidden = closed;
  byId('command-send').disabled = false;
  setText(byId('command-send'), command.label);
  for (const field of ['class', 'cause', 'into']) {
    byId(`${field}-field`).hidden = !command.fields?.includes(field);
  }
  setText(byId('reason-label'), command.why ?? 'Why (optional)');
  byId('reason').required = command.whyNeeded === true;
  byId('class').required = command.verb === 'review';
  byId('into').required = command.verb === 'merge';
  byId('author').value = kept.get('author');
  byId('reason').value = '';
  byId('cause').value = incident.confirmedCause;
  byId('class').value = server.classes.includes(incident.class) ? incident.class : '';
  byId('into').value = '';
  byId('into-known').replaceChildren(...others(incident.id));
  askForToken();
  say('');
  byId('command').showModal();
  focusFirst(closed);
}

function others(id) {
  return [...document.querySelectorAll('#open .card')].filter((card) => card.id !== id)
      .map((card) => el('option', {value: card.id}, card.querySelector('h3').textContent));
}

function focusFirst(closed) {
  const wanted = closed ? byId('command-cancel')
    : [...byId('command-fields').querySelectorAll('input, select, textarea')]
        .find((field) => !field.closest('[hidden]') && !field.value) ?? byId('reason');
  wanted.focus();
}

function askForToken() {
  const known = kept.get('token') !== '';
  const needed = server.writes === 'token';
  byId('token-field').hidden = !needed || known;
  byId('token').required = needed && !known;
  byId('token').value = '';
  byId('token-forget').hidden = !needed || !known;
}

function say(words) {
  setText(byId('command-failed'), words);
  byId('command-failed').hidden = !words;
}

/** Whether the dialog is still that of this opening: it may be closed, or another incident's by now. */
function isShown(opening) {
  return opening === shown && byId('command').open;
}

/** On the card, and to those who do not see it; what is said outlives the card. */
function tell({incident, said}, words) {
  setText(said, words);
  setText(byId('announced'), `${incident.id}: ${words}`);
}

async function submit(event) {
  event.preventDefault();
  const mine = shown;
  const body = bodyOf(mine.command, mine.incident);
  const text = JSON.stringify(body);
  if (mine.sent && mine.sent !== text) {
    // Another text is another command: under the same key it would be dropped.
    Object.assign(mine, {key: newKey(), before: endOfLog(mine.incident.id)});
  }
  mine.sent = text;
  kept.set('author', body.author);
  if (byId('token').value.trim()) {
    kept.set('token', byId('token').value.trim());
  }
  byId('command-send').disabled = true;
  say('');
  tell(mine, `${mine.command.label}: sending…`);
  try {
    const accepted = await record(mine, body);
    if (isShown(mine)) {
      byId('command').close();
    }
    tell(mine, `${mine.command.label}: on record, not in the log yet.`);
    await watch(mine, {author: body.author, commandId: accepted.commandId, before: await mine.before});
  } catch (failure) {
    failed(mine, failure);
  } finally {
    if (isShown(mine)) {
      byId('command-send').disabled = false;
    }
  }
}

async function record({command, incident, key, before}, body) {
  // What is read after it was sent may hold it already; without an answer it is sent all the same.
  await before;
  return send(addressOf(incident.id, command.verb), body, {key, token: kept.get('token')});
}

function failed(mine, failure) {
  // A login in front of us answers 401 as well, and has nothing to do with the token.
  const ours = failure.status === 401 && failure.error === 'unauthorized';
  if (ours) {
    kept.set('token', '');
    server.writes = 'token';
  }
  const known = failure.status >= 400;
  const words = known ? `not done: ${failure.message}.`
    : `${failure.message}, so it may be on record; sent again as it is, it is not done twice.`;
  tell(mine, `${mine.command.label}: ${words}`);
  if (isShown(mine)) {
    say(words[0].toUpperCase() + words.slice(1));
    if (ours) {
      askForToken();
      byId('token').focus();
    }
  }
}

function bodyOf(command, incident) {
  const body = {author: byId('author').value.trim(), reason: byId('reason').value.trim(), episode: incident.episode};
  for (const field of command.fields ?? []) {
    body[field] = byId(field).value.trim();
  }
  return body;
}

/** Sequence of the last entry; NaN, which nothing is after, when the log cannot be read. */
async function endOfLog(id) {
  try {
    const log = await ask(addressOf(id, 'log'));
    return log.entries.at(-1)?.sequence ?? 0;
  } catch {
    return NaN;
  }
}

/** Waits for the log to say what became of it. Only a refusal names its command wherever it stands. */
async function watch(mine, {author, commandId, before}) {
  for (let look = 0; look < LOOKS_MAX; look++) {
    const log = await ask(addressOf(mine.incident.id, 'log')).catch(() => ({entries: []}));
    const entry = log.entries.find((each) => each.event === 'refused'
      ? each.text.includes(commandId)
      : each.sequence > before && each.event === mine.command.done && each.author === author);
    if (entry) {
      tell(mine, outcome(entry, commandId));
      return;
    }
    await new Promise((next) => setTimeout(next, LOOK_EVERY));
  }
  const when = Number.isNaN(before) ? '; its timeline says what became of it' : ', not done yet; its timeline will say';
  tell(mine, `${mine.command.label}: on record as ${commandId}${when}.`);
}

function outcome({event, text}, commandId) {
  const words = text.replace(` (command ${commandId})`, '');
  return phrase(words.includes(event) ? words : `${event}: ${words}`);
}

byId('command-form').addEventListener('submit', submit);
byId('command-cancel').addEventListener('click', () => byId('command').close());
byId('command').addEventListener('close', () => {
  if (!shown.said.isConnected) {
    // The card that it was opened from is gone, and the focus would go with it.
    byId('incidents').focus();
  }
});
byId('token-forget').addEventListener('click', () => {
  kept.set('token', '');
  askForToken();
  byId('token').focus();
});
