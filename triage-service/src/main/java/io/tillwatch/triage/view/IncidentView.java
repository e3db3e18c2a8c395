package io.tillwatch.triage.view;

import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.incident.IncidentState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * The latest revision of each incident, and its log.
 *
 * <p>Records may repeat and come in any order between the two topics; an older revision never
 * replaces a newer one. Holds {@link #INCIDENTS_MAX} incidents of about 10 KiB and as many logs;
 * beyond that the one that is over for longest goes, an open one never. Thread-safe.
 */
public final class IncidentView {

  /** Incidents held. */
  public static final int INCIDENTS_MAX = 2_000;

  /** Log entries held per incident; the oldest after the opening goes first. */
  public static final int LOG_MAX = 500;

  private static final Set<IncidentState> OVER =
      EnumSet.of(IncidentState.RESOLVED, IncidentState.REVIEWED, IncidentState.MERGED);

  private static final Comparator<Incident> NEWEST_FIRST =
      Comparator.comparing(Incident::getDetectedAt)
          .thenComparing(Incident::getIncidentId)
          .reversed();

  private static final Comparator<Incident> WORST_FIRST =
      Comparator.comparing(Incident::getSeverity).thenComparing(NEWEST_FIRST);

  private final Map<String, Incident> incidents = new HashMap<>();
  private final Map<String, TreeMap<Long, IncidentLogEntry>> logs = new LinkedHashMap<>();
  private final Map<String, IncidentLogEntry> heads = new TreeMap<>();
  private final AtomicLong version = new AtomicLong();

  /** Whether the incident still needs somebody. */
  public static boolean isOpen(Incident incident) {
    return !OVER.contains(incident.getState());
  }

  /** Takes a revision. */
  public synchronized void apply(Incident incident) {
    Incident known = incidents.get(incident.getIncidentId());
    if (known != null && known.getRevision() >= incident.getRevision()) {
      return;
    }
    incidents.put(incident.getIncidentId(), incident);
    if (incidents.size() > INCIDENTS_MAX) {
      incidents.values().stream()
          .filter(over -> !isOpen(over))
          .min(Comparator.comparing(Incident::getUpdatedAt))
          .ifPresent(oldest -> forget(oldest.getIncidentId()));
    }
    version.incrementAndGet();
    notifyAll();
  }

  /** Takes a log entry. */
  public synchronized void apply(IncidentLogEntry entry) {
    heads.merge(
        entry.getTenant(),
        entry,
        (known, next) -> next.getSequence() > known.getSequence() ? next : known);
    TreeMap<Long, IncidentLogEntry> log =
        logs.computeIfAbsent(entry.getIncidentId(), id -> new TreeMap<>());
    if (log.putIfAbsent(entry.getSequence(), entry) != null) {
      return;
    }
    if (log.size() > LOG_MAX) {
      log.remove(log.higherKey(log.firstKey()));
    }
    if (logs.size() > INCIDENTS_MAX) {
      forgetOldestLog();
    }
    version.incrementAndGet();
  }

  /** Drops an incident whose record was deleted from the topic. */
  public synchronized void remove(String incidentId) {
    forget(incidentId);
    version.incrementAndGet();
  }

  private void forget(String incidentId) {
    incidents.remove(incidentId);
    logs.remove(incidentId);
  }

  private void forgetOldestLog() {
    for (Iterator<String> ids = logs.keySet().iterator(); ids.hasNext(); ) {
      Incident incident = incidents.get(ids.next());
      if (incident == null || !isOpen(incident)) {
        ids.remove();
        return;
      }
    }
  }

  /** Those that still need somebody, the worst first, then the newest. */
  public List<Incident> open() {
    return select(IncidentView::isOpen, WORST_FIRST);
  }

  /** All, the newest first. */
  public List<Incident> all() {
    return select(incident -> true, NEWEST_FIRST);
  }

  /** Those in that state, the newest first. */
  public List<Incident> in(IncidentState state) {
    return select(incident -> incident.getState() == state, NEWEST_FIRST);
  }

  private synchronized List<Incident> select(
      Predicate<Incident> wanted, Comparator<Incident> order) {
    return incidents.values().stream().filter(wanted).sorted(order).toList();
  }

  /** The incident of that id. */
  public synchronized Optional<Incident> one(String incidentId) {
    return Optional.ofNullable(incidents.get(incidentId));
  }

  /**
   * The incident of that id, in that revision or a later one if it comes in time; otherwise as it
   * is.
   */
  public synchronized Optional<Incident> awaited(String incidentId, int revision, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    try {
      for (long left = atMost.toMillis(); left > 0 && !has(incidentId, revision); ) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return one(incidentId);
  }

  private boolean has(String incidentId, int revision) {
    Incident known = incidents.get(incidentId);
    return known != null && known.getRevision() >= revision;
  }

  /** Its log, oldest first; empty for an incident that is not known. */
  public synchronized List<IncidentLogEntry> log(String incidentId) {
    Collection<IncidentLogEntry> log = logs.getOrDefault(incidentId, new TreeMap<>()).values();
    return new ArrayList<>(log);
  }

  /** The last entry of each tenant's log. */
  public synchronized List<IncidentLogEntry> heads() {
    return List.copyOf(heads.values());
  }

  /** A number that grows with each change. */
  public long version() {
    return version.get();
  }
}
