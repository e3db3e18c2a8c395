// Elements from text. Text only ever becomes text: nothing here parses markup.

export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name === 'class') {
      node.className = value;
    } else {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export function byId(id) {
  return document.getElementById(id);
}

export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Puts a node in another's place unless they are alike; returns the one that stands there now. */
export function swap(old, fresh) {
  if (old.isEqualNode(fresh)) {
    return old;
  }
  old.replaceWith(fresh);
  return fresh;
}

export function say(text) {
  return el('p', {class: 'say'}, text);
}

/** A link, if the address is one that a browser may follow; the bare name otherwise. */
export function link(name, address) {
  let url;
  try {
    url = new URL(address, location.href);
  } catch {
    return el('span', {}, name);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return el('span', {}, name);
  }
  const elsewhere = url.origin !== location.origin;
  return el('a', {href: url.href, rel: elsewhere && 'noopener noreferrer', target: elsewhere && '_blank'}, name);
}
