// How numbers, times and names read on the page.

const NONE = '–';
const whole = new Intl.NumberFormat('en-GB', {maximumFractionDigits: 0});
const compact = new Intl.NumberFormat('en-GB', {notation: 'compact', maximumFractionDigits: 1});

export function count(value) {
  return Number.isFinite(value) ? whole.format(value) : NONE;
}

export function percent(rate, digits = 1) {
  return Number.isFinite(rate) ? `${(rate * 100).toFixed(digits)}\u2009%` : NONE;
}

/** "EUR 12,345" for each currency; minor units in, as many digits as the currency has. */
export function money(amountsMinor) {
  const parts = Object.entries(amountsMinor ?? {}).map(([currency, minor]) => {
    try {
      const digits = new Intl.NumberFormat('en-GB', {style: 'currency', currency})
          .resolvedOptions().maximumFractionDigits;
      const amount = minor / 10 ** digits;
      return `${currency}\u00a0${amount >= 1e6 ? compact.format(amount) : whole.format(amount)}`;
    } catch {
      return `${currency}\u00a0${whole.format(minor)} minor`;
    }
  });
  return parts.length ? parts : [NONE];
}

export function clock(millis, seconds = false) {
  return Number.isFinite(millis) ? new Date(millis).toISOString().slice(11, seconds ? 19 : 16) : '--:--';
}

/** Hours and minutes; the day is only named when it is another one. */
export function moment(millis, now) {
  if (!Number.isFinite(millis)) {
    return NONE;
  }
  const iso = new Date(millis).toISOString();
  const sameDay = Number.isFinite(now) && new Date(now).toISOString().slice(0, 10) === iso.slice(0, 10);
  return sameDay ? iso.slice(11, 16) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}

export function duration(millis) {
  const minutes = Math.max(0, Math.floor(millis / 60_000));
  if (!Number.isFinite(minutes)) {
    return NONE;
  }
  if (minutes < 1) {
    return 'less than a minute';
  }
  if (minutes < 120) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

/** "35 s", "2 min 10 s", "1 h 5 min". */
export function span(seconds) {
  if (!Number.isFinite(seconds)) {
    return NONE;
  }
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  if (minutes < 1) {
    return `${whole} s`;
  }
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : duration(whole * 1000);
}

/** psp_partial_outage as people say it. */
export function phrase(label) {
  const text = String(label ?? '').replaceAll('_', ' ')
      .replace(/\bpsp\b/g, 'PSP').replace(/\b3ds\b/g, '3DS');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const OWNERS = {
  psp: 'the PSP', issuer: 'the issuer', us: 'us', network: 'the network', fraud: 'fraud', unknown: 'not known yet',
};

export function owner(label) {
  return OWNERS[label] ?? phrase(label);
}

const DIMENSIONS = {
  psp: 'PSP', binRange: 'BIN range', region: 'Region', method: 'Method', scheme: 'Scheme',
  issuerCountry: 'Issuer country', merchantAccount: 'Merchant account',
  connectorVersion: 'Connector', threeDs: '3DS',
};

/** The fixed dimensions of a slice or root cell, in order, as [name, value]. */
export function places(slice) {
  const fixed = Object.keys(DIMENSIONS)
      .filter((dimension) => slice?.[dimension] !== undefined)
      .map((dimension) => [DIMENSIONS[dimension], String(slice[dimension])]);
  return fixed.length ? fixed : [['Everything', 'all traffic']];
}

export function millis(iso) {
  return iso ? Date.parse(iso) : NaN;
}
