// The first page: asks every two seconds, and shows what it was told. Its clock is the server's.

import {addressOf, ask} from './api.js';
import {offerQuestions} from './ask.js';
import {draw, floorOf} from './chart.js';
import {offer} from './commands.js';
import {byId, el, say, setText} from './dom.js';
import {lookIntoOpened, showOpen, showOver} from './incidents.js';
import {clock, count, duration, millis, percent, places} from './words.js';

const EVERY = 2_000;
const WINDOW_MINUTES = 45;
const NOW_MINUTES = 5;
const MINUTE = 60_000;
const BEHIND_MAX = 5 * MINUTE;
const PSPS_MAX = 12;

/** The incident that a link names, shown even when it is over. */
const ASKED = new URLSearchParams(location.search).get('incident');

const state = {now: NaN, watermark: NaN, behind: NaN, open: [], series: null};

async function incidents() {
  const answer = await ask('/api/v1/incidents?state=open&limit=50');
  state.open = answer.incidents;
  if (!Number.isFinite(state.watermark)) {
    state.now = millis(answer.asOf);
  }
  showOpen(byId('open'), await withAsked(answer.incidents), state.now, ASKED);
  await lookIntoOpened();
  const more = answer.truncated ? ', and more' : '';
  setText(byId('incident-count'), answer.incidents.length ? `${answer.incidents.length}${more}` : '');
  const first = answer.incidents[0];
  document.title = first ? `(${answer.incidents.length}) ${first.title} · Tillwatch` : 'Tillwatch';
}

/** The open ones, and before them the one asked for, if it is not among them. */
async function withAsked(open) {
  if (!ASKED || open.some((incident) => incident.id === ASKED)) {
    return open;
  }
  const asked = await ask(addressOf(ASKED)).catch(() => null);
  return asked ? [asked, ...open] : open;
}

async function over() {
  const answer = await ask('/api/v1/incidents?state=resolved&limit=5');
  showOver(byId('over'), answer.incidents, state.now);
}

async function cells(origin) {
  const answer = await ask(`${origin}/api/v1/cells?kind=auth&by=psp&step=1m&from=-${WINDOW_MINUTES}m&to=now&limit=5000`);
  state.watermark = millis(answer.staleness.watermark);
  state.behind = answer.staleness.behindMillis ?? NaN;
  state.now = Number.isFinite(state.watermark) ? state.watermark : state.now;
  state.series = gather(answer.cells);
  showRates();
}

/** Minutes by PSP, and of all PSPs together. */
function gather(list) {
  const all = new Map();
  const byPsp = new Map();
  for (const cell of list) {
    const at = millis(cell.at);
    const psp = cell.slice.psp ?? 'none';
    add(all, at, cell);
    if (!byPsp.has(psp)) {
      byPsp.set(psp, new Map());
    }
    add(byPsp.get(psp), at, cell);
  }
  return {all: points(all), byPsp: new Map([...byPsp].sort().map(([psp, minutes]) => [psp, points(minutes)]))};
}

function add(minutes, at, cell) {
  const sum = minutes.get(at) ?? {successes: 0, judged: 0};
  minutes.set(at, {successes: sum.successes + cell.successes, judged: sum.judged + cell.judged});
}

function points(minutes) {
  return [...minutes].sort(([a], [b]) => a - b)
      .filter(([at]) => at >= state.watermark - WINDOW_MINUTES * MINUTE)
      .map(([at, sum]) => ({at, ...sum, rate: sum.judged > 0 ? sum.successes / sum.judged : NaN}));
}

/** The rate over the last minutes that have judged attempts in them. */
function recent(series) {
  const since = state.watermark - (NOW_MINUTES + 1) * MINUTE;
  const last = series.filter((point) => point.at >= since);
  const judged = last.reduce((sum, point) => sum + point.judged, 0);
  const successes = last.reduce((sum, point) => sum + point.successes, 0);
  return {rate: judged > 0 ? successes / judged : NaN, judged};
}

function showRates() {
  const {all, byPsp} = state.series;
  const now = recent(all);
  setText(byId('rate'), percent(now.rate));
  setText(byId('rate-under'), all.length
    ? `of ${count(now.judged)} authorisations in the last ${NOW_MINUTES} minutes`
    : `No authorisations in the last ${WINDOW_MINUTES} minutes`);
  const span = {from: state.watermark - WINDOW_MINUTES * MINUTE, to: state.watermark};
  byId('rate-chart').setAttribute('aria-label',
      `Share of authorisations approved over the last ${WINDOW_MINUTES} minutes, now ${percent(now.rate)}`);
  draw(byId('rate-chart'), all, {...span, floor: floorOf(all.map((point) => point.rate)), axis: true});
  showPsps(byPsp, span);
}

function showPsps(byPsp, span) {
  const list = byId('psps');
  const shown = [...byPsp].slice(0, PSPS_MAX);
  const floor = floorOf(shown.flatMap(([, series]) => series.map((point) => point.rate)));
  const names = shown.map(([psp]) => psp);
  if (names.join('\n') !== [...list.children].map((tile) => tile.dataset.psp).join('\n')) {
    list.replaceChildren(...names.map(tile));
  }
  shown.forEach(([psp, series], i) => {
    const node = list.children[i];
    const now = recent(series);
    const incident = state.open.find((open) => open.rootCells.some((cell) => cell.psp === psp));
    node.dataset.trouble = incident ? incident.severity : '';
    setText(node.querySelector('.rate'), percent(now.rate));
    setText(node.querySelector('.under'), incident ? incident.id : `${count(now.judged / NOW_MINUTES)} a minute`);
    const svg = node.querySelector('svg');
    svg.setAttribute('aria-label', `${psp}: ${percent(now.rate)} approved`);
    draw(svg, series, {...span, floor, since: incident ? millis(incident.startedAt) : NaN});
  });
}

function tile(psp) {
  const node = el('li', {class: 'psp', 'data-psp': psp},
      el('div', {class: 'row'}, el('b', {class: 'name'}, psp), el('span', {class: 'rate'}, '–')),
      el('p', {class: 'under'}, ''));
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'chart');
  svg.setAttribute('role', 'img');
  node.insertBefore(svg, node.lastChild);
  return node;
}

async function worst(origin) {
  const answer = await ask(`${origin}/api/v1/worst?kind=auth&limit=8`);
  if (!answer.cells.length) {
    byId('worst').replaceChildren(say('No cell is below what is expected of it.'));
    return;
  }
  byId('worst').replaceChildren(el('div', {class: 'scroll'}, el('table', {},
      el('thead', {}, el('tr', {},
          ['Cell', 'Approved', 'Expected', 'Lost'].map((name, i) => el('th', {scope: 'col', class: i ? 'number' : ''}, name)))),
      el('tbody', {}, answer.cells.map((cell) => el('tr', {},
          el('th', {scope: 'row'}, places(cell.slice).map(([, value]) => value).join(' · ')),
          el('td', {class: 'number'}, percent(cell.observed)),
          el('td', {class: 'number'}, percent(cell.expected)),
          el('td', {class: 'number'}, count(cell.approvalsLost))))))));
}

function showPulse(failures) {
  const pulse = byId('pulse');
  const text = byId('pulse-text');
  setText(byId('clock'), clock(state.now, true));
  if (failures.incidents) {
    pulse.dataset.state = 'lost';
    setText(text, `No contact: ${failures.incidents.message}`);
  } else if (failures.cells) {
    pulse.dataset.state = 'partly';
    setText(text, failures.cells.status === 404 ? 'Incidents only: no cells at this address' : `No cells: ${failures.cells.message}`);
  } else if (!Number.isFinite(state.watermark)) {
    pulse.dataset.state = 'waiting';
    setText(text, 'Waiting for the first event');
  } else if (state.behind > BEHIND_MAX) {
    pulse.dataset.state = 'partly';
    setText(text, `Events are ${duration(state.behind)} behind`);
  } else {
    pulse.dataset.state = 'live';
    setText(text, 'Live');
  }
}

/** Without cells there are no rates to show; incidents still are. */
function sayWithoutCells(failure) {
  const none = failure && !state.series;
  byId('now').hidden = none && failure.status === 404;
  if (none) {
    setText(byId('rate-under'), 'Cells are served by the topology, which did not answer');
    byId('worst').replaceChildren(say('Cells are served by the topology, which did not answer.'));
  }
}

async function round(origin) {
  const work = {cells: cells(origin), incidents: incidents(), over: over(), worst: worst(origin)};
  const failures = {};
  const outcomes = await Promise.allSettled(Object.values(work));
  Object.keys(work).forEach((name, i) => {
    if (outcomes[i].status === 'rejected') {
      failures[name] = outcomes[i].reason;
    }
  });
  if (failures.incidents && !byId('open').querySelector('.card')) {
    byId('open').replaceChildren(say(`Incidents are not to be had just now: ${failures.incidents.message}`));
  }
  sayWithoutCells(failures.cells);
  showPulse(failures);
}

/** Where the cells are and who may write; without it the page cannot begin. */
async function configured() {
  for (;;) {
    try {
      const config = await ask('/page/config.json');
      offer(config);
      offerQuestions(config);
      return config;
    } catch (failure) {
      showPulse({incidents: failure});
      await new Promise((next) => setTimeout(next, EVERY));
    }
  }
}

async function start() {
  const config = await configured();
  addEventListener('resize', () => state.series && showRates());
  for (;;) {
    await round(config.cellsUrl ?? '');
    await new Promise((next) => setTimeout(next, document.hidden ? 5 * EVERY : EVERY));
  }
}

start();
