package io.tillwatch.schemas.topic;

import java.util.List;

/** Topics are there, but not as the catalogue says. */
public final class TopicMismatch extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  TopicMismatch(List<String> differences) {
    super(String.join("; ", differences));
  }
}
