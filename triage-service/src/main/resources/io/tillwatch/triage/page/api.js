// The API: questions and commands. What it does not do, it says in words.

const GIVE_UP = 8_000;

/** status is NaN when there was no answer at all; error names the reason for programs. */
export class Refused extends Error {
  constructor(message, status = NaN, error = '') {
    super(message);
    this.status = status;
    this.error = error;
  }
}

async function call(address, options) {
  let response;
  try {
    response = await fetch(address, {signal: AbortSignal.timeout(GIVE_UP), credentials: 'same-origin', ...options});
  } catch (failure) {
    throw new Refused(failure.name === 'TimeoutError' ? `no answer within ${GIVE_UP / 1000} s` : 'no answer');
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
  const headers = {Accept: 'application/json', 'Content-Type': 'application/json', 'Idempotency-Key': key};
  if (token) {
    // Not Authorization: that is the login of whatever stands in front of us.
    headers['X-Tillwatch-Token'] = token;
  }
  return call(address, {method: 'POST', headers, body: JSON.stringify(body)});
}

export function addressOf(id, part = '') {
  return `/api/v1/incidents/${encodeURIComponent(id)}${part && `/${part}`}`;
}
