// An incident that is opened: how long it took, what happened, what it is like, and what speaks for which cause.

import {addressOf} from './api.js';
import {el, link} from './dom.js';
import {clock, count, millis, moment, money, percent, phrase, span} from './words.js';

const MOMENTS_MAX = 60;

/** The parts of an opened incident, in order; timeline is null until it is known. */
export function parts(incident, timeline, now) {
  return [
    timeline ? took(timeline.figures) : el('p', {class: 'say'}, 'Asking for its timeline.'),
    timeline ? happened(incident, timeline, now) : null,
    held(incident, now),
    alike(incident),
    evidence(incident),
    causes(incident),
  ].filter((part) => part !== null);
}

function part(title, ...children) {
  return el('section', {class: 'part'}, el('h4', {}, title), ...children);
}

function took(figures) {
  const later = (seconds) => seconds === null ? (figures.last ? 'never' : 'not yet') : span(seconds);
  const lead = figures.leadOverStatusPageSeconds;
  return part('How long it took, and what it cost', el('dl', {class: 'took'},
      figures.secondsToDetect === null
        ? figure('Detected', 'back again', 'its onset is not on record')
        : figure('Detected', span(figures.secondsToDetect), 'after its onset'),
      figure('Paged', later(figures.secondsToPage), 'after detection'),
      figure('Acknowledged', later(figures.secondsToAcknowledge), 'after detection'),
      figure('Mitigated', later(figures.secondsToMitigate), 'after detection'),
      figure('Recovering', later(figures.secondsToRecover), 'after detection'),
      figure('Resolved', later(figures.secondsToResolve), 'after detection'),
      figure('PSP\u2019s status page', lead === null ? 'silent' : span(Math.abs(lead)),
          lead === null ? 'has not spoken of it' : lead >= 0 ? 'after us' : 'before us'),
      figure('Approvals lost', count(figures.approvalsLost), figures.last ? 'in all episodes' : 'so far'),
      figure('At risk', money(figures.amountAtRiskMinor).join(' '), figures.last ? 'in all episodes' : 'so far')));
}

function figure(name, value, under) {
  return el('div', {}, el('dt', {}, name), el('dd', {}, value), el('dd', {class: 'under'}, under));
}

function happened(incident, timeline, now) {
  const left = Math.max(0, timeline.moments.length - MOMENTS_MAX);
  return part('What happened',
      left ? el('p', {class: 'under'}, `${left} earlier moments are in `, link('its log', addressOf(incident.id, 'log'))) : null,
      el('ol', {class: 'moments'}, timeline.moments.slice(left).map((each) => {
        const at = millis(each.at);
        return el('li', {'data-what': each.what},
            el('time', {datetime: each.at, title: `${moment(at, now)}, UTC`}, day(at, now), clock(at, true)),
            el('span', {class: 'what'}, phrase(each.what)),
            // What the pager answered is for machines; that it took the page is what people ask for.
            el('span', {class: 'text', title: each.what === 'paged' && each.text},
                each.what === 'paged' ? 'the pager took it' : each.text,
                each.who === 'tillwatch' || each.text.includes(each.who) ? null : el('span', {class: 'who'}, each.who)));
      })));
}

/** The day, when it is another one. */
function day(at, now) {
  const text = moment(at, now);
  return text.length > 5 ? `${text.slice(0, 10)} ` : null;
}

function held(incident, now) {
  return incident.suppressions.length ? part('Held back', el('ul', {class: 'plain'}, incident.suppressions.map((hold) =>
      el('li', {}, `${phrase(hold.kind)} ${hold.name} by ${hold.author}, since ${moment(millis(hold.since), now)}`,
          hold.until ? ` until ${moment(millis(hold.until), now)}` : '', hold.behind ? [', behind ', other(hold.behind)] : '',
          `: ${hold.reason || 'no reason given'}. ${count(hold.swallowed)} messages were not sent.`)))) : null;
}

/** Links to the incidents it is like, part of, or a return of. */
function alike(incident) {
  const similar = incident.evidence.filter((piece) => piece.kind === 'similar_incident');
  const rows = [
    incident.mergedInto ? el('li', {}, 'It is part of ', other(incident.mergedInto), '.') : null,
    incident.recurrenceOf ? el('li', {}, 'It is back: ', other(incident.recurrenceOf),
        incident.recurrences > 1 ? ` and ${count(incident.recurrences - 1)} before it` : '', ' had this class and place.') : null,
    ...similar.map((piece) => {
      const id = piece.source.replace(/^incident\//, '');
      return el('li', {}, other(id), ' ', piece.statement.startsWith(id) ? piece.statement.slice(id.length).trim() : piece.statement);
    }),
  ].filter((row) => row !== null);
  return part('Similar incidents', rows.length ? el('ul', {class: 'plain'}, rows)
    : el('p', {class: 'under'}, 'None on record is like it.'));
}

function other(id) {
  return link(id, `/?incident=${encodeURIComponent(id)}`);
}

function evidence(incident) {
  const pieces = incident.evidence.filter((piece) => piece.kind !== 'similar_incident');
  return pieces.length ? part('Evidence', el('ul', {class: 'plain'}, pieces.map((piece) =>
      el('li', {}, el('span', {class: 'id'}, piece.id), ' ', piece.statement)))) : null;
}

function causes(incident) {
  return incident.hypotheses.length ? part('Causes', el('ol', {class: 'others'}, incident.hypotheses.map((each) =>
      el('li', {}, el('b', {}, `${phrase(each.class)} (${percent(each.confidence, 0)}). `), each.statement,
          el('span', {class: 'under'}, ` ${by(each)}${cites(each)}`),
          each.remark ? el('p', {class: 'remark'}, el('b', {}, `${each.adviser}: `), each.remark) : null,
          each.check ? el('p', {}, el('b', {}, 'To check: '), each.check) : null,
          each.nextStep ? el('p', {}, el('b', {}, 'First: '), each.nextStep, approval(each), passage(each)) : null)))) : null;
}

/** Who wrote it, and how the playbooks and a model differ. */
function by(hypothesis) {
  if (hypothesis.author !== 'playbook') {
    return `By ${hypothesis.author}; no playbook has it.`;
  }
  return hypothesis.adviser && hypothesis.playbookConfidence !== null
    ? `By a playbook at ${percent(hypothesis.playbookConfidence, 0)}; ${hypothesis.adviser} ${moved(hypothesis)}.`
    : 'By a playbook.';
}

function moved(hypothesis) {
  const by = hypothesis.confidence - hypothesis.playbookConfidence;
  return by > 0 ? 'finds it likelier' : by < 0 ? 'finds it less likely' : 'agrees';
}

function cites(hypothesis) {
  return (hypothesis.evidenceFor.length ? ` For it: ${hypothesis.evidenceFor.join(', ')}.` : '')
    + (hypothesis.evidenceAgainst.length ? ` Against it: ${hypothesis.evidenceAgainst.join(', ')}.` : '');
}

/** The section of a runbook that a step is from. */
function passage(hypothesis) {
  const page = hypothesis.runbookPassage.replace(/#.*/, '');
  return page ? el('span', {class: 'under'}, ' ', link(hypothesis.runbookPassage, `/runbooks/${encodeURIComponent(page)}`)) : null;
}

/** A mark on a step that changes something; null for one that only looks. */
export function approval(hypothesis) {
  return hypothesis.needsApproval ? [' ', el('span', {class: 'approval'}, 'needs approval')] : null;
}
