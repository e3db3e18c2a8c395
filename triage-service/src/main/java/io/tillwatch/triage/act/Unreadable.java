package io.tillwatch.triage.act;

import io.tillwatch.schemas.cube.DeadLetterReason;
import io.tillwatch.schemas.frame.MalformedFrame;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.jspecify.annotations.Nullable;

/** Why a record of our own topics cannot be read. */
public final class Unreadable {

  private Unreadable() {}

  /** Whether the schema registry is away: then the record is read later, and not passed over. */
  public static boolean waitsForRegistry(RecordDeserializationException unreadable) {
    @Nullable Throwable cause = unreadable;
    while (cause != null && !(cause instanceof MalformedFrame)) {
      cause = cause.getCause();
    }
    return cause instanceof MalformedFrame frame
        && frame.reason() == DeadLetterReason.REGISTRY_UNAVAILABLE;
  }
}
