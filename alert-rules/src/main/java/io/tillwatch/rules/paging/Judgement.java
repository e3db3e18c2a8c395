package io.tillwatch.rules.paging;

import io.tillwatch.rules.severity.Level;

/** How much it hurts, how far it is carried, and why. */
public record Judgement(Level severity, Attention attention, JudgementReason reason) {

  /** Whether somebody is woken. */
  public boolean page() {
    return attention == Attention.PAGE;
  }
}
