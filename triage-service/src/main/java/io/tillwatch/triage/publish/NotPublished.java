package io.tillwatch.triage.publish;

/** A record is not known to be on its topic; to try again is safe. */
public final class NotPublished extends Exception {

  private static final long serialVersionUID = 1L;

  public NotPublished(String topic, Throwable cause) {
    super("not written to %s: %s".formatted(topic, cause.getClass().getSimpleName()), cause);
  }
}
