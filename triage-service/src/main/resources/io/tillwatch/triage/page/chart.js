// One line over time, drawn by hand: share approved per minute, gaps where nothing was judged.

const SVG = 'http://www.w3.org/2000/svg';
const MINUTE = 60_000;

function shape(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    node.setAttribute(key, String(value));
  }
  return node;
}

/** The lower end of the scale: leaves room below the lowest rate, and never magnifies noise. */
export function floorOf(rates) {
  const lowest = Math.min(1, ...rates.filter(Number.isFinite));
  return Math.max(0, Math.min(0.7, Math.floor((lowest - 0.05) * 10) / 10));
}

/** Runs of neighbouring minutes that have a rate. */
function runs(points) {
  const found = [];
  let last = null;
  for (const point of points) {
    if (!Number.isFinite(point.rate)) {
      continue;
    }
    if (last === null || point.at - last.at > 1.5 * MINUTE) {
      found.push([]);
    }
    found.at(-1).push(point);
    last = point;
  }
  return found;
}

/**
 * Draws into an svg of any size.
 * points: [{at, rate}] by time; options: from, to (epoch ms), floor (0..1), axis, since (epoch ms).
 */
export function draw(svg, points, {from, to, floor, axis = false, since = NaN}) {
  const width = svg.clientWidth;
  const height = svg.clientHeight;
  if (width < 10 || height < 10) {
    return;
  }
  const right = axis ? 52 : 5;
  const bottom = axis ? 20 : 4;
  const top = 6;
  const x = (at) => (at - from) / (to - from) * (width - right);
  const y = (rate) => top + (1 - (rate - floor) / (1 - floor)) * (height - top - bottom);
  const marks = [];
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);

  if (axis) {
    marks.push(...scale(floor, y, width, right), ...times(from, to, x, height));
  }
  if (Number.isFinite(since) && since < to) {
    const start = Math.max(since, from);
    marks.push(shape('rect', {
      class: 'since', x: x(start), y: 0, width: Math.max(0, width - right - x(start)), height: height - bottom,
    }));
  }
  for (const run of runs(points)) {
    const line = run.map((point) => `${x(point.at).toFixed(1)},${y(point.rate).toFixed(1)}`).join(' ');
    const base = height - bottom;
    if (run.length > 1) {
      marks.push(shape('polygon', {
        class: 'area', points: `${x(run[0].at).toFixed(1)},${base} ${line} ${x(run.at(-1).at).toFixed(1)},${base}`,
      }));
    }
    marks.push(shape('polyline', {class: 'line', points: line}));
  }
  const last = points.findLast((point) => Number.isFinite(point.rate));
  if (last) {
    marks.push(shape('circle', {class: 'tip', cx: x(last.at), cy: y(last.rate), r: axis ? 4 : 3}));
  }
  svg.replaceChildren(...marks);
}

function scale(floor, y, width, right) {
  const marks = [];
  for (const rate of [1, (1 + floor) / 2, floor]) {
    marks.push(shape('line', {class: 'grid', x1: 0, x2: width - right, y1: y(rate), y2: y(rate)}));
    const text = shape('text', {class: 'tick', x: width - right + 10, y: y(rate) + 4});
    text.textContent = `${Math.round(rate * 100)} %`;
    marks.push(text);
  }
  return marks;
}

function times(from, to, x, height) {
  const marks = [];
  const step = 10 * MINUTE;
  for (let at = Math.ceil(from / step) * step; at < to - 2 * MINUTE; at += step) {
    const text = shape('text', {class: 'tick', x: x(at), y: height - 3, 'text-anchor': at - from < 2 * MINUTE ? 'start' : 'middle'});
    text.textContent = new Date(at).toISOString().slice(11, 16);
    marks.push(text);
  }
  return marks;
}
