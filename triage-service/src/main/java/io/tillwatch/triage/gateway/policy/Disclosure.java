package io.tillwatch.triage.gateway.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a record may go out.
 *
 * @param json only what the policy lists
 * @param fields how many fields in which form, {@code dropped} among them; for the audit
 */
public record Disclosure(ObjectNode json, Map<String, Long> fields) {

  /** What was not listed is counted so. */
  static final String DROPPED = "dropped";

  public Disclosure {
    fields = Map.copyOf(fields);
  }

  /** Fields by form of all of them. */
  public static Map<String, Long> total(Collection<Disclosure> all) {
    Map<String, Long> total = new TreeMap<>();
    all.forEach(each -> each.fields.forEach((form, count) -> total.merge(form, count, Long::sum)));
    return total;
  }
}
