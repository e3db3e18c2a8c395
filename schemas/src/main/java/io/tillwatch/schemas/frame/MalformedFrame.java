package io.tillwatch.schemas.frame;

import io.tillwatch.schemas.cube.DeadLetterReason;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A value that is not a record of its topic: why, and what was found where it went wrong.
 *
 * <p>The detail names positions, lengths and schema names, never content. No stack trace is taken:
 * this is an answer about data, and a flood of bad records must stay cheap.
 */
public final class MalformedFrame extends Exception {

  private static final long serialVersionUID = 1L;

  /** Longest detail, in characters: what a dead letter has room for. */
  private static final int DETAIL_MAX = 512;

  private final DeadLetterReason reason;
  private final @Nullable Integer schemaId;

  /** A value whose frame did not even give a schema id. */
  MalformedFrame(DeadLetterReason reason, String detail) {
    this(reason, detail, null);
  }

  private MalformedFrame(DeadLetterReason reason, String detail, @Nullable Integer schemaId) {
    super(detail.substring(0, Math.min(detail.length(), DETAIL_MAX)), null, false, false);
    this.reason = reason;
    this.schemaId = schemaId;
  }

  /** The same, once it is known which schema id the frame gave. */
  MalformedFrame under(int id) {
    return new MalformedFrame(reason, detail(), id);
  }

  /** Why it was refused. */
  public DeadLetterReason reason() {
    return reason;
  }

  /** What was expected and what was found; at most {@link #DETAIL_MAX} characters. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** The schema id of the frame, if it had one. */
  public OptionalInt schemaId() {
    return schemaId == null ? OptionalInt.empty() : OptionalInt.of(schemaId);
  }
}
