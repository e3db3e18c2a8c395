// Open incidents as cards, resolved ones as a list.

import {el, link, say} from './dom.js';
import {count, duration, millis, moment, money, owner, percent, phrase, places} from './words.js';

const RATES = new Set(['success_rate', 'technical_success_rate', 'capture_success', 'webhook_failure', 'refund_sla']);

const cards = new Map();

/** Shows the open ones; a card that did not change is left alone, so that it stays open and focused. */
export function showOpen(box, incidents, now, asked) {
  const seen = new Set(incidents.map((incident) => incident.id));
  for (const id of [...cards.keys()].filter((known) => !seen.has(known))) {
    cards.delete(id);
  }
  const wanted = incidents.map((incident) => {
    let card = cards.get(incident.id);
    if (card?.revision !== incident.revision) {
      const unfolded = card?.node.querySelector('details')?.open ?? false;
      card = {revision: incident.revision, node: build(incident, now)};
      card.node.querySelector('details').open = unfolded || incident.id === asked;
      cards.set(incident.id, card);
    }
    const until = incident.resolvedAt ? millis(incident.resolvedAt) : now;
    card.node.querySelector('.for').textContent = duration(until - millis(incident.startedAt));
    return card.node;
  });
  if (!wanted.length) {
    wanted.push(say('None right now.'));
  }
  if (wanted.length !== box.children.length || wanted.some((node, i) => box.children[i] !== node)) {
    if (wanted[0].className !== 'say' || box.firstElementChild?.textContent !== wanted[0].textContent) {
      box.replaceChildren(...wanted);
    }
  }
}

function build(incident, now) {
  const title = `${incident.id}-title`;
  return el('article', {class: 'card', id: incident.id, tabindex: -1, 'data-severity': incident.severity, 'aria-labelledby': title},
      el('div', {class: 'top'},
          el('span', {class: 'severity'}, incident.severity.toUpperCase()),
          el('span', {class: 'state'}, phrase(incident.state)),
          el('span', {class: 'id'}, incident.id)),
      el('h3', {id: title}, incident.title),
      el('ul', {class: 'places'}, incident.rootCells.slice(0, 6).map(place)),
      figures(incident, now),
      cause(incident.hypotheses[0]),
      el('div', {class: 'bottom'},
          el('nav', {'aria-label': `Links of ${incident.id}`, class: 'links'},
              Object.entries(incident.links).map(([name, address]) => link(phrase(name), address)),
              link('Log', `/api/v1/incidents/${encodeURIComponent(incident.id)}/log`))),
      details(incident));
}

function place(cell) {
  return el('li', {},
      places(cell).map(([name, value]) => el('span', {class: 'place'}, el('span', {class: 'key'}, name), ' ', el('b', {}, value))));
}

function figures(incident, now) {
  const rate = RATES.has(incident.kpi);
  const value = (number) => rate ? percent(number) : count(number);
  return el('dl', {class: 'figures'},
      figure('For', el('span', {class: 'for'}), `since ${moment(millis(incident.startedAt), now)}`),
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
      hypothesis.nextStep ? el('p', {class: 'next'}, el('b', {}, 'First: '), hypothesis.nextStep) : null);
}

function details(incident) {
  const others = incident.hypotheses.slice(1);
  return el('details', {hidden: !incident.evidence.length && !others.length},
      el('summary', {}, `Evidence (${incident.evidence.length})`, others.length ? ` and other causes (${others.length})` : ''),
      el('ul', {class: 'evidence'}, incident.evidence.map((piece) =>
          el('li', {}, el('span', {class: 'id'}, piece.id), ' ', piece.statement))),
      others.length
        ? el('ol', {class: 'others', start: 2}, others.map((other) =>
            el('li', {}, el('b', {}, `${phrase(other.class)} (${percent(other.confidence, 0)}). `), other.statement,
                other.check ? ` To check: ${other.check}` : '')))
        : null);
}

/** Shows those that are over, the newest first. */
export function showOver(box, incidents, now) {
  if (!incidents.length) {
    box.replaceChildren(say('Nothing yet.'));
    return;
  }
  box.replaceChildren(el('ul', {class: 'over'}, incidents.map((incident) => {
    const started = millis(incident.startedAt);
    const resolved = millis(incident.resolvedAt);
    return el('li', {'data-severity': incident.severity},
        el('p', {class: 'what'}, el('span', {class: 'severity'}, incident.severity.toUpperCase()), ' ', incident.title),
        el('p', {class: 'under'},
            `${moment(started, now)} to ${moment(resolved, now)}, ${duration(resolved - started)} · `,
            `${count(incident.approvalsLost)} approvals lost · `, el('span', {class: 'id'}, incident.id)));
  })));
}
