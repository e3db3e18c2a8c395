package io.tillwatch.rules.paging;

/** How far an incident is carried. */
public enum Attention {
  /** It stands on the screen; nobody is told. */
  WATCH,
  /** Chat and ticket. */
  NOTIFY,
  /** Somebody is woken, besides chat and ticket. */
  PAGE
}
