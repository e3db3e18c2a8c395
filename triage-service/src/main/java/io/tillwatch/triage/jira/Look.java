package io.tillwatch.triage.jira;

import io.tillwatch.triage.act.Delivery;

/** What a look for an incident's issue came to. */
sealed interface Look {

  /** There is one. */
  record Found(String key) implements Look {}

  /** None was found among what could be seen. */
  record None(CreateOnce.Sight sight) implements Look {}

  /** Nothing could be seen: this was no look. */
  record Blind(Delivery why) implements Look {}
}
