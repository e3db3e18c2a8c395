package io.tillwatch.triage.advice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.triage.gateway.policy.Disclosure;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.generic.IndexedRecord;

/**
 * What one conversation has let out: the one place that everything shown to a model goes through,
 * and the account of it by form, for the audit. For one thread.
 */
final class Told {

  private final Function<IndexedRecord, Disclosure> policy;
  private final Map<String, Long> fields = new TreeMap<>();

  /**
   * Nothing yet.
   *
   * @param policy what may go out of a record, free text quoted as data
   */
  Told(Function<IndexedRecord, Disclosure> policy) {
    this.policy = policy;
  }

  /** What may be said of a record; empty when none may, or there is no room for it. */
  ObjectNode of(IndexedRecord record, Predicate<ObjectNode> room) {
    Disclosure disclosure = policy.apply(record);
    if (!room.test(disclosure.json())) {
      return disclosure.json().objectNode();
    }
    disclosure.fields().forEach((form, count) -> fields.merge(form, count, Long::sum));
    return disclosure.json();
  }

  /** Fields so far, by the form they were let out in, and how many were dropped. */
  Map<String, Long> fields() {
    return fields;
  }
}
