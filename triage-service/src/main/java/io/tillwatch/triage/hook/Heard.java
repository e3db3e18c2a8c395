package io.tillwatch.triage.hook;

import io.tillwatch.schemas.event.ChangeEvent;

/** What a delivery of GitHub or GitLab comes to. */
public sealed interface Heard {

  /** Something of ours changed. */
  record Changed(ChangeEvent change) implements Heard {}

  /**
   * Nothing that touches payments.
   *
   * @param why for whoever looks at the sender's list of deliveries
   */
  record Ignored(String why) implements Heard {}
}
