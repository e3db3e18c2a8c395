package io.tillwatch.standalone.chaos;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.triage.rehearsal.Outage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Outages of as many PSPs as are wanted, each a cause of its own, and which of them burn. */
final class Outages {

  private static final double WORTH_WAKING = 60;

  private final String prefix;
  private final Map<String, Burst> burning = new LinkedHashMap<>();
  private int begun;

  Outages(String prefix) {
    this.prefix = prefix;
  }

  /** Another one begins. */
  Burst begin() {
    String name = prefix + ++begun;
    Burst burst =
        Outage.of(name, EventKind.AUTH, Map.of("psp", name), Instant.now(), WORTH_WAKING).build();
    burning.put(name, burst);
    return burst;
  }

  /** One is over. */
  Burst end(String burstId) {
    Burst burst = Objects.requireNonNull(burning.remove(burstId), burstId);
    return Outage.next(burst, BurstState.CLOSED, Instant.now());
  }

  /** Ids of the bursts that burn. */
  List<String> burning() {
    return new ArrayList<>(burning.keySet());
  }

  int begun() {
    return begun;
  }
}
