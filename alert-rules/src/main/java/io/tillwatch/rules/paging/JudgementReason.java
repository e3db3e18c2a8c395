package io.tillwatch.rules.paging;

import java.util.Locale;

/** Why an incident is carried as far as it is; log, metric and screen use the same word. */
public enum JudgementReason {
  /** Statistically sure and worth waking somebody. */
  SURE_AND_WORTH_WAKING,
  /** Sure, but it can wait for the morning. */
  NOT_WORTH_WAKING,
  /** Sure, but too small to tell anybody. */
  NOT_WORTH_TELLING,
  /** The test passed its threshold by too little. */
  NOT_SURE_ENOUGH,
  /** Too few failures: one customer who tries again and again looks the same. */
  TOO_LITTLE_EVIDENCE,
  /** The rule never pages. */
  RULE_NEVER_PAGES,
  /** The class is for information, such as a shift of the mix. */
  INFORMATIONAL_CLASS;

  /** The word on screens and in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
