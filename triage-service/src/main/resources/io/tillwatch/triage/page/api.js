// The API: questions and commands. What it does not do, it says in words.

const GIVE_UP = 8_000;
const THINK = 30_000;

/** status is NaN when there was no answer at all; error names the reason for programs. */
export class Refused extends Error {
  constructor(message, status = NaN, error = '') {
    super(message);
    this.status = status;
    this.error = error;
  }
}

async function call(address, options, patience = GIVE_UP) {
  let response;
  try {
    response = await fetch(address, {signal: AbortSignal.timeout(patience), credentials: 'same-origin', ...options});
  } catch (failure) {
    throw new Refused(failure.name === 'TimeoutError' ? `no answer within ${patience / 1000} s` : 'no answer');
  }
  if (!response.ok) {
    const said = await response.json().catch(() => ({}));
    const words = said.message ?? `answer ${response.status}`;
    throw new Refused(said.expected ? `${words}; expected ${said.expected}` : words, response.status, said.error ?? '');
  }
  return response.json().catch(() => {
    throw new Refused('the answer was cut off', response.status);
  });
}

export function ask(address) {
  return call(address, {headers: {Accept: 'application/json'}});
}

/** Sends a command; the same key again is the same command. */
export function send(address, body, {token, key}) {
  return post(address, body, {'Idempotency-Key': key, ...shown(token)}, GIVE_UP);
}

/** Asks what a model may have to think about. */
export function question(body, token) {
  return post('/api/v1/ask', body, shown(token), THINK);
}

/** Not as Authorization: that is the login of whatever stands in front of us. */
function shown(token) {
  return token ? {'X-Tillwatch-Token': token} : {};
}

function post(address, body, headers, patience) {
  const json = {Accept: 'application/json', 'Content-Type': 'application/json'};
  return call(address, {method: 'POST', headers: {...json, ...headers}, body: JSON.stringify(body)}, patience);
}

export function addressOf(id, part = '') {
  return `/api/v1/incidents/${encodeURIComponent(id)}${part && `/${part}`}`;
}
