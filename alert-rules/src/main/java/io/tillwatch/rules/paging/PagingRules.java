package io.tillwatch.rules.paging;

import io.tillwatch.rules.severity.Level;
import io.tillwatch.rules.source.Fields;

/**
 * When somebody is told, and when woken.
 *
 * @param notifyFrom mildest level that chat and ticket hear of
 * @param pageFrom mildest level that is worth waking somebody
 * @param pageEvidence what the test must exceed its threshold by before somebody is woken, as a
 *     factor; 1 is as soon as it is found
 */
public record PagingRules(Level notifyFrom, Level pageFrom, double pageEvidence) {

  /** Reads them. */
  public static PagingRules read(Fields fields) {
    PagingRules rules =
        new PagingRules(
            fields.oneOf("notify-from", Level.class),
            fields.oneOf("page-from", Level.class),
            fields.number("page-evidence", 1, 10));
    if (!rules.pageFrom.atLeast(rules.notifyFrom)) {
      fields.problem("page-from", rules.pageFrom.name(), "at least as bad as notify-from");
    }
    fields.end();
    return rules;
  }
}
