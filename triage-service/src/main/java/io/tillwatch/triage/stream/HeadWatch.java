package io.tillwatch.triage.stream;

import io.tillwatch.schemas.incident.ChainHead;
import io.tillwatch.schemas.incident.Docket;
import io.tillwatch.triage.incident.DeskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which heads of the log are to be published: once a minute those that moved. After a restart each
 * is published once more, which adds nothing.
 */
final class HeadWatch {

  static final Duration EVERY = Duration.ofMinutes(1);

  private final Map<String, Long> published = new HashMap<>();
  private Instant last = Instant.EPOCH;

  /** Begins anew. */
  void forget() {
    published.clear();
    last = Instant.EPOCH;
  }

  /** The heads to publish now; the caller does. */
  List<ChainHead> due(Collection<DeskState> desks, Instant now) {
    List<ChainHead> due = new ArrayList<>();
    if (Duration.between(last, now).abs().compareTo(EVERY) < 0) {
      return due;
    }
    last = now;
    for (DeskState desk : desks) {
      Docket docket = desk.docket();
      if (docket.getSequence() > published.getOrDefault(desk.tenant(), 0L)) {
        published.put(desk.tenant(), docket.getSequence());
        due.add(
            ChainHead.newBuilder()
                .setTenant(desk.tenant())
                .setSequence(docket.getSequence())
                .setHash(docket.getLastHash())
                .setAt(docket.getLastAt())
                .build());
      }
    }
    return due;
  }
}
