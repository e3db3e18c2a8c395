package io.tillwatch.triage.jira;

import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.wire.Latest;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which writes somebody may have sent before this executor read their actions: Jira may still be
 * going on with them.
 *
 * <p>Remembers the latest {@link #REMEMBERED_MAX}, about 100 KiB.
 */
final class UnderWay {

  static final int REMEMBERED_MAX = 1_000;

  private final Duration settles;
  private final LongSupplier ticker;
  private final Map<String, Long> since = Latest.shared(REMEMBERED_MAX);

  UnderWay(Duration settles, LongSupplier ticker) {
    this.settles = settles;
    this.ticker = ticker;
  }

  /** How long until what was sent before has settled; zero for what nobody can have sent. */
  Duration wait(Errand errand) {
    if (!errand.maybeTried()) {
      return Duration.ZERO;
    }
    long now = ticker.getAsLong();
    long first = since.computeIfAbsent(errand.action().getActionId(), id -> now);
    return Duration.ofNanos(Math.max(0, settles.toNanos() - (now - first)));
  }
}
