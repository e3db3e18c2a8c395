package io.tillwatch.rules.route;

import java.util.Locale;

/** Kind of place where an incident is told; written lower case in rules. */
public enum Target {
  PAGER,
  TICKET,
  CHAT;

  /** The word in rules, and in an incident's routes. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
