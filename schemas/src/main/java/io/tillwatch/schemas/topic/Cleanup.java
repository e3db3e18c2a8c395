package io.tillwatch.schemas.topic;

/** What Kafka does with old records of a topic. */
public enum Cleanup {
  /** Drops them when their retention has passed. */
  DELETE("delete"),
  /** Keeps the newest of each key. */
  COMPACT("compact");

  private final String policy;

  Cleanup(String policy) {
    this.policy = policy;
  }

  /** The value of {@code cleanup.policy}. */
  String policy() {
    return policy;
  }
}
