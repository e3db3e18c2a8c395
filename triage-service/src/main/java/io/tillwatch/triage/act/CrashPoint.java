package io.tillwatch.triage.act;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A place where a process may be made to end as if it were killed, to show that nothing is lost or
 * done twice there.
 *
 * <p>Off unless the JVM is started with {@code -Dtillwatch.crash-at=POINT:N}: then the N-th passing
 * of the point halts it, without a hook and without a flush. There is no other way to switch it on.
 */
public enum CrashPoint {
  /** A decision of the desk is made; its transaction is still open. */
  DECIDED,
  /** An attempt is about to be made. */
  BEFORE_SEND,
  /** The other side has answered; nothing is on record. */
  AFTER_ANSWER,
  /** The result is acknowledged; the offset is not committed. */
  AFTER_RECORD,
  /** The offset is committed. */
  AFTER_COMMIT;

  /** Exit code of a process that was halted here. */
  public static final int EXIT_CODE = 86;

  private final AtomicInteger left = new AtomicInteger(Asked.passingsOf(this));

  /** What was asked for when the JVM was started. */
  private static final class Asked {
    static final String TEXT = System.getProperty("tillwatch.crash-at", "");

    static int passingsOf(CrashPoint point) {
      String mine = point.name().toLowerCase(Locale.ROOT) + ":";
      return TEXT.startsWith(mine) ? Integer.parseInt(TEXT.substring(mine.length())) : 0;
    }
  }

  /** Passes by; does not return when this is the passing that was asked for. */
  public void pass() {
    if (!Asked.TEXT.isEmpty() && left.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
