package io.tillwatch.triage.advice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.generic.IndexedRecord;

/**
 * What may be said of a record to a model: the one place that everything shown to it goes through.
 * Thread-safe.
 */
@FunctionalInterface
public interface Disclosure {

  /** The fields that may go out, free text quoted as data; empty when none may. */
  ObjectNode disclose(IndexedRecord record);
}
