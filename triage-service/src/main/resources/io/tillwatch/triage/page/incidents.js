// Incidents as cards that can be opened and acted on; those that are over also as a list.

import {addressOf, ask} from './api.js';
import {commandRow} from './commands.js';
import {approval, parts} from './detail.js';
import {byId, el, link, say, swap} from './dom.js';
import {count, duration, millis, moment, money, owner, percent, phrase, places} from './words.js';

const RATES = new Set(['success_rate', 'technical_success_rate', 'capture_success', 'webhook_failure', 'refund_sla']);

const cards = new Map();

/** Shows the open ones. What did not change is left alone, so that it stays unfolded and focused. */
export function showOpen(box, incidents, now, asked) {
  const seen = new Set(incidents.map((incident) => incident.id));
  for (const id of [...cards.keys()].filter((known) => !seen.has(known))) {
    cards.delete(id);
  }
  const wanted = incidents.map((incident) => {
    if (!cards.has(incident.id)) {
      cards.set(incident.id, build(incident, incident.id === asked));
    }
    const card = cards.get(incident.id);
    refresh(card, incident, now);
    return card.node;
  });
  if (!wanted.length) {
    wanted.push(say('None right now.'));
  }
  const left = [...box.children].some((child) => child.contains(document.activeElement) && !wanted.includes(child));
  arrange(box, wanted);
  if (left) {
    // Whoever was in a card that is gone goes on at the list, and not at the top of the page.
    byId('incidents').focus({preventScroll: true});
  }
}

/** Nodes that stay are not taken out and put back: that would lose the focus in them. */
function arrange(box, wanted) {
  const same = wanted.length === box.children.length
    && wanted.every((node, i) => node === box.children[i] || node.isEqualNode(box.children[i]));
  if (same) {
    return;
  }
  for (const child of [...box.children].filter((each) => !wanted.includes(each))) {
    child.remove();
  }
  wanted.forEach((node, i) => {
    if (box.children[i] !== node) {
      box.insertBefore(node, box.children[i] ?? null);
    }
  });
}

/** The frame of a card, whose parts are filled in by each refresh. */
function build(incident, unfolded) {
  const title = `${incident.id}-title`;
  const head = el('div', {class: 'head'});
  const links = el('nav', {});
  const row = commandRow(incident.id);
  const body = el('div', {class: 'parts'});
  const details = el('details', {open: unfolded}, el('summary', {}, 'Timeline, figures and evidence'), body);
  const card = {
    id: incident.id, row, body, details, head, links, timeline: null,
    node: el('article', {class: 'card', id: incident.id, tabindex: -1, 'aria-labelledby': title}, head, row.node, links, details),
  };
  details.addEventListener('toggle', () => details.open && lookInto(card));
  return card;
}

function refresh(card, incident, now) {
  Object.assign(card, {incident, now});
  card.node.dataset.severity = incident.severity;
  card.head = swap(card.head, head(incident, now));
  card.links = swap(card.links, links(incident));
  card.row.show(incident);
  if (card.details.open) {
    showParts(card);
  }
}

/** Asks for the timelines of all that are unfolded. */
export async function lookIntoOpened() {
  await Promise.all([...cards.values()].filter((card) => card.details.open).map(lookInto));
}

async function lookInto(card) {
  try {
    card.timeline = await ask(addressOf(card.id, 'timeline'));
    card.failed = '';
  } catch (failure) {
    card.failed = failure.message;
  }
  showParts(card);
}

function showParts(card) {
  const fresh = parts(card.incident, card.timeline, card.now);
  if (card.failed) {
    fresh.unshift(el('p', {class: 'say'}, `Its timeline is not to be had just now: ${card.failed}.`));
  }
  const old = [...card.body.children];
  fresh.forEach((node, i) => old[i] ? swap(old[i], node) : card.body.append(node));
  old.slice(fresh.length).forEach((node) => node.remove());
}

function head(incident, now) {
  return el('div', {class: 'head'},
      el('div', {class: 'top'},
          el('span', {class: 'severity'}, incident.severity.toUpperCase()),
          el('span', {class: 'state'}, phrase(incident.state), incident.episode > 1 ? `, episode ${incident.episode}` : ''),
          el('span', {class: 'id'}, incident.id)),
      el('h3', {id: `${incident.id}-title`}, incident.title),
      el('ul', {class: 'places'}, incident.rootCells.slice(0, 6).map(place)),
      figures(incident, now),
      incident.state === 'reviewed' ? confirmed(incident) : cause(incident.hypotheses[0]));
}

function links(incident) {
  return el('nav', {'aria-label': `Links of ${incident.id}`, class: 'links'},
      Object.entries(incident.links).map(([name, address]) => link(phrase(name), address)),
      link('Log', addressOf(incident.id, 'log')),
      link('Postmortem', addressOf(incident.id, 'postmortem')));
}

function confirmed(incident) {
  return el('p', {class: 'cause'}, el('b', {}, `${phrase(incident.class)}, confirmed. `), incident.confirmedCause);
}

function place(cell) {
  return el('li', {},
      places(cell).map(([name, value]) => el('span', {class: 'place'}, el('span', {class: 'key'}, name), ' ', el('b', {}, value))));
}

function figures(incident, now) {
  const rate = RATES.has(incident.kpi);
  const until = incident.resolvedAt ? millis(incident.resolvedAt) : now;
  const value = (number) => rate ? percent(number) : count(number);
  return el('dl', {class: 'figures'},
      figure('For', el('span', {class: 'for'}, duration(until - millis(incident.startedAt))), `since ${moment(millis(incident.startedAt), now)}`),
      figure(phrase(incident.kpi), value(incident.observed), `${value(incident.expected)} expected`),
      figure('Approvals lost', count(incident.approvalsLost), 'since the onset'),
      figure('At risk', money(incident.amountAtRiskMinor).join(' '), `owner: ${owner(incident.owner)}`),
      figure('Paged', incident.pagedAt ? moment(millis(incident.pagedAt), now) : 'not yet',
          incident.acknowledgedAt ? `taken ${moment(millis(incident.acknowledgedAt), now)}` : 'nobody has taken it'));
}

function figure(name, value, under) {
  return el('div', {}, el('dt', {}, name), el('dd', {}, value), el('dd', {class: 'under'}, under));
}

function cause(hypothesis) {
  if (!hypothesis) {
    return el('p', {class: 'cause'}, 'No hypothesis yet.');
  }
  return el('div', {class: 'cause'},
      el('p', {}, el('b', {}, `${phrase(hypothesis.class)} (${percent(hypothesis.confidence, 0)}). `), hypothesis.statement),
      hypothesis.nextStep ? el('p', {class: 'next'}, el('b', {}, 'First: '), hypothesis.nextStep, approval(hypothesis)) : null);
}

/** Shows those that are over, the newest first. */
export function showOver(box, incidents, now) {
  const rows = incidents.map((incident) => past(incident, now));
  arrange(box, [rows.length ? el('ul', {class: 'over'}, rows) : say('Nothing yet.')]);
}

function past(incident, now) {
  const started = millis(incident.startedAt);
  const resolved = millis(incident.resolvedAt);
  return el('li', {'data-severity': incident.severity},
      el('p', {class: 'what'}, el('span', {class: 'severity'}, incident.severity.toUpperCase()), ' ',
          link(incident.title, `/?incident=${encodeURIComponent(incident.id)}`)),
      el('p', {class: 'under'},
          `${moment(started, now)} to ${moment(resolved, now)}, ${duration(resolved - started)} · `,
          `${count(incident.approvalsLost)} approvals lost · `, el('span', {class: 'id'}, incident.id)));
}
