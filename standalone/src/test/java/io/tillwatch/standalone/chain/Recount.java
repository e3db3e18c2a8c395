package io.tillwatch.standalone.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.slice.Slice;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the cells must hold, counted the plain way: one record after the other, in the order of its
 * partition, into maps. Shares no code with the product.
 *
 * <p>A cell is a map from what is counted to how much; what is zero is absent.
 */
final class Recount {

  /** What became of the records of one kind. */
  record Fates(long received, long accepted, long duplicates, long late, long deadLettered) {

    static Fates of(JsonNode counts) {
      return new Fates(
          counts.path("received").asLong(),
          counts.path("accepted").asLong(),
          counts.path("duplicates").asLong(),
          counts.path("late").asLong(),
          counts.path("deadLettered").asLong());
    }
  }

  /** One fate. */
  enum Fate {
    ACCEPTED,
    DUPLICATE,
    LATE,
    DEAD_LETTERED
  }

  private static final long LATENESS_MILLIS = Duration.ofHours(1).toMillis();

  private final Collection<BinRange> ranges;
  private final Map<String, String> rangeOfBin = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Long> newest = new HashMap<>();
  private final Map<EventKind, Map<Fate, Long>> fates = new EnumMap<>(EventKind.class);
  private final TreeMap<String, TreeMap<String, Long>> cells = new TreeMap<>();
  private long records;

  Recount(Collection<BinRange> ranges) {
    this.ranges = ranges;
  }

  /** Takes the next record of a partition of its kind; says what must become of it. */
  Fate take(EventKind kind, int partition, PaymentStep step) {
    records++;
    Fate fate = fate(kind, partition, step);
    fates.computeIfAbsent(kind, k -> new EnumMap<>(Fate.class)).merge(fate, 1L, Long::sum);
    if (fate == Fate.ACCEPTED) {
      add(kind, step, 1);
    }
    return fate;
  }

  private Fate fate(EventKind kind, int partition, PaymentStep step) {
    if (step.getAmountMinor() < 0) {
      return Fate.DEAD_LETTERED;
    }
    if (seen.contains(step.getEventId())) {
      return Fate.DUPLICATE;
    }
    long time = step.getEventTime().toEpochMilli();
    String clock = kind + "/" + partition;
    if (time < newest.getOrDefault(clock, 0L) - LATENESS_MILLIS) {
      return Fate.LATE;
    }
    newest.merge(clock, time, Math::max);
    seen.add(step.getEventId());
    return Fate.ACCEPTED;
  }

  /** Adds an event to its cell, or with -1 takes it out again. */
  void add(EventKind kind, PaymentStep step, long sign) {
    String key =
        key(kind, step.getEventTime(), step.getPsp(), range(step.getBin()), step.getRegion());
    TreeMap<String, Long> cell = cells.computeIfAbsent(key, k -> new TreeMap<>());
    add(cell, "events", sign);
    add(cell, "firstAttempts", step.getAttempt() == 1 ? sign : 0);
    add(cell, "outcomes " + label(step.getOutcome()), sign);
    if (step.getReason() != null) {
      add(cell, "reasons " + label(step.getReason()), sign);
    }
    add(cell, step.getCurrency() + " count", sign);
    add(cell, step.getCurrency() + " sumMinor", sign * step.getAmountMinor());
  }

  /** A cell of an answer in the same form. */
  private static TreeMap<String, Long> cell(JsonNode answered) {
    TreeMap<String, Long> cell = new TreeMap<>();
    for (String field : List.of("events", "firstAttempts")) {
      add(cell, field, answered.path(field).asLong());
    }
    for (String group : List.of("outcomes", "reasons")) {
      answered
          .path(group)
          .properties()
          .forEach(e -> add(cell, group + " " + e.getKey(), e.getValue().asLong()));
    }
    for (Map.Entry<String, JsonNode> money : answered.path("amounts").properties()) {
      add(cell, money.getKey() + " count", money.getValue().path("count").asLong());
      add(cell, money.getKey() + " sumMinor", money.getValue().path("sumMinor").asLong());
    }
    return cell;
  }

  private static void add(Map<String, Long> cell, String what, long much) {
    cell.merge(what.intern(), much, (a, b) -> a + b == 0 ? null : a + b);
    cell.remove(what, 0L);
  }

  /** The first cell from one minute until before another that is not as answered. */
  Optional<String> firstDifference(EventKind kind, Instant from, Instant to, JsonNode answer) {
    Map<String, TreeMap<String, Long>> stored = new HashMap<>();
    for (JsonNode cell : answer.path("cells")) {
      JsonNode slice = cell.path("slice");
      stored.put(
          key(
              kind,
              Instant.parse(cell.path("at").asText()),
              slice.path("psp").asText(Slice.NONE),
              slice.path("binRange").asText(Slice.NONE),
              slice.path("region").asText(Slice.NONE)),
          cell(cell));
    }
    Map<String, TreeMap<String, Long>> counted = cells.subMap(key(kind, from), key(kind, to));
    Set<String> keys = new TreeSet<>(counted.keySet());
    keys.addAll(stored.keySet());
    return keys.stream()
        .filter(key -> !without(counted.get(key)).equals(without(stored.get(key))))
        .findFirst()
        .map(
            key -> "%s: stored %s, recounted %s".formatted(key, stored.get(key), counted.get(key)));
  }

  private static Map<String, Long> without(Map<String, Long> maybe) {
    return maybe == null ? Map.of() : maybe;
  }

  Fates fates(EventKind kind) {
    Map<Fate, Long> of = fates.getOrDefault(kind, Map.of());
    return new Fates(
        of.values().stream().mapToLong(Long::longValue).sum(),
        of.getOrDefault(Fate.ACCEPTED, 0L),
        of.getOrDefault(Fate.DUPLICATE, 0L),
        of.getOrDefault(Fate.LATE, 0L),
        of.getOrDefault(Fate.DEAD_LETTERED, 0L));
  }

  long records() {
    return records;
  }

  /** First minute in which anything was counted. */
  Instant firstMinute(EventKind kind) {
    return minuteOf(cells.ceilingKey(kind + " "));
  }

  /** Last minute in which anything was counted. */
  Instant lastMinute(EventKind kind) {
    return minuteOf(cells.floorKey(kind + " ~"));
  }

  private static Instant minuteOf(String key) {
    return Instant.parse(key.split(" ", 3)[1]);
  }

  private static String key(EventKind kind, Instant at, String... values) {
    return kind + " " + at.truncatedTo(ChronoUnit.MINUTES) + " " + String.join(" ", values);
  }

  private String range(String bin) {
    return bin == null ? Slice.NONE : rangeOfBin.computeIfAbsent(bin, this::find);
  }

  private String find(String bin) {
    return ranges.stream()
        .filter(r -> r.getStart().compareTo(bin) <= 0 && bin.compareTo(r.getEnd()) <= 0)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no range has the BIN " + bin))
        .getId();
  }

  private static String label(Enum<?> symbol) {
    return symbol.name().toLowerCase(Locale.ROOT);
  }
}
