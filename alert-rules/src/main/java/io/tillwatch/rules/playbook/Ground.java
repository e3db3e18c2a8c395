package io.tillwatch.rules.playbook;

/** What kind of evidence a sign rests on; the same words as evidence has on an incident. */
public enum Ground {
  ROOT_CELL,
  REASON_SHIFT,
  TECHNICAL_SHARE,
  LATENCY,
  HEALTHY_SIBLING,
  VOLUME,
  RELATED_BURST,
  CHANGE,
  STATUS_PAGE,
  RETRIES
}
