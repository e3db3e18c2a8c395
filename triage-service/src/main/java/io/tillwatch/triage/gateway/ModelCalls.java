package io.tillwatch.triage.gateway;

import io.tillwatch.schemas.model.ModelCall;
import io.tillwatch.triage.publish.NotPublished;

/** The record of model calls: rows are added and never changed. Thread-safe. */
@FunctionalInterface
public interface ModelCalls {

  /**
   * Returns when the row is stored for good.
   *
   * @throws NotPublished when it is not known to be; it may be there all the same
   */
  void append(ModelCall row) throws NotPublished;
}
