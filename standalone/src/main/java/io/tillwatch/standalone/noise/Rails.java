package io.tillwatch.standalone.noise;

import io.tillwatch.load.model.Delivery;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.event.CaptureEvent;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.DisputeEvent;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.RefundEvent;
import io.tillwatch.schemas.event.SettlementEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.WebhookEvent;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.standalone.rulecase.VirtualDesk;
import io.tillwatch.topology.bin.BinTable;
import io.tillwatch.topology.detect.Findings;
import io.tillwatch.topology.detect.Lookout;
import io.tillwatch.topology.detect.WatchPlan;
import io.tillwatch.topology.ingest.PaymentEvent;
import io.tillwatch.triage.incident.Input;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries to what an incident desk hears, in virtual time and one thread: each event once,
 * counted by kind, what is found goes to the desk in the second it is found. Kafka is not in it,
 * and nobody reads the real clock: the same deliveries give the same incidents.
 */
public final class Rails {

  /** Whose payments they are. */
  public static final String TENANT = "default";

  private static final long SECOND = 1_000;

  /** Repeated deliveries come within a minute; ids are remembered for one to two hours. */
  private static final long REMEMBERED = 3_600 * SECOND;

  private static final String UNKNOWN = "unknown";

  private final BinTable bins;
  private final BiConsumer<Input, Instant> desk;
  private final Map<EventKind, Counted> kinds = new EnumMap<>(EventKind.class);
  private final CellMinutes cellMinutes = new CellMinutes();
  private Set<String> seen = new HashSet<>();
  private Set<String> seenBefore = new HashSet<>();
  private long rememberedSince;
  private long nowMillis;
  private long tickedAt;
  private long events;
  private long anomalies;

  private Rails(
      Collection<BinRange> binRanges,
      Instant from,
      BiConsumer<Input, Instant> desk,
      Function<EventKind, Counted> counted) {
    this.bins = BinTable.of(binRanges);
    this.desk = desk;
    for (EventKind kind : EventKind.values()) {
      kinds.put(kind, counted.apply(kind));
    }
    nowMillis = Math.ceilDiv(from.toEpochMilli(), SECOND) * SECOND;
    tickedAt = nowMillis;
    rememberedSince = nowMillis;
  }

  /** Rails that begin with nothing known. */
  public static Rails from(
      Instant from,
      RuleBook rules,
      Collection<BinRange> binRanges,
      BiConsumer<Input, Instant> desk) {
    WatchPlan plan = WatchPlan.under(rules);
    return new Rails(
        binRanges, from, desk, kind -> new Counted(kind, new Lookout(plan, TENANT, kind)));
  }

  /**
   * Rails that go on from a checkpoint.
   *
   * @param from a little before the first minute that is not closed, so that nothing of it is
   *     missed
   */
  public static Rails resumed(
      Checkpoint checkpoint,
      Instant from,
      RuleBook rules,
      Collection<BinRange> binRanges,
      BiConsumer<Input, Instant> desk) {
    WatchPlan plan = WatchPlan.under(rules);
    return new Rails(
        binRanges,
        from,
        desk,
        kind ->
            Counted.resumed(
                kind,
                new Lookout(plan, TENANT, kind),
                Objects.requireNonNull(checkpoint.kinds().get(kind))));
  }

  /**
   * Whether minutes are looked at while they fill, as production does, or only when they are
   * closed: half of the work, where nothing begins.
   */
  public void early(boolean looks) {
    kinds.values().forEach(counted -> counted.early(looks));
  }

  /** What is known now. */
  public Checkpoint checkpoint() {
    Map<EventKind, Checkpoint.Of> known = new EnumMap<>(EventKind.class);
    kinds.forEach((kind, counted) -> known.put(kind, counted.checkpoint()));
    return new Checkpoint(known);
  }

  /** Takes the next delivery; time goes on until it arrives. */
  public void take(Delivery delivery) {
    passUntil(delivery.atMillis());
    SpecificRecord record = delivery.event();
    Instant at = Instant.ofEpochMilli(delivery.atMillis());
    switch (record) {
      case ChangeEvent change -> desk.accept(new Input.ChangeSeen(change), at);
      case StatusEvent status -> desk.accept(new Input.StatusSeen(status), at);
      default -> {
        EventKind kind = kindOf(record);
        PaymentEvent event = PaymentEvent.of(kind, record);
        if (isNew(kind, event.step())) {
          events++;
          counted(kind).add(event, leaf(event.step()), delivery.atMillis());
        }
      }
    }
  }

  /** Lets time pass, second by second. */
  public void passUntil(long millis) {
    while (nowMillis + SECOND <= millis) {
      nowMillis += SECOND;
      Counted auths = counted(EventKind.AUTH);
      kinds.forEach((kind, counted) ->
          counted.look(
              nowMillis,
              minute ->
                  kind == EventKind.WEBHOOK ? auths.causesOf(minute) : Collections.emptySortedMap(),
              this::found));
      if (nowMillis - tickedAt >= VirtualDesk.TICK.toMillis()) {
        tickedAt = nowMillis;
        desk.accept(new Input.Tick(), Instant.ofEpochMilli(nowMillis));
      }
    }
  }

  private void found(Findings findings) {
    anomalies += findings.anomalies().size();
    for (Burst burst : findings.bursts()) {
      cellMinutes.add(burst);
      desk.accept(new Input.BurstSeen(burst), Instant.ofEpochMilli(nowMillis));
    }
  }

  private boolean isNew(EventKind kind, PaymentStep step) {
    if (nowMillis - rememberedSince > REMEMBERED) {
      rememberedSince = nowMillis;
      seenBefore = seen;
      seen = new HashSet<>();
    }
    String id = kind + step.getEventId();
    return !seenBefore.contains(id) && seen.add(id);
  }

  private Counted counted(EventKind kind) {
    Counted counted = kinds.get(kind);
    if (counted == null) {
      throw new IllegalStateException("nobody counts " + kind);
    }
    return counted;
  }

  private static EventKind kindOf(SpecificRecord record) {
    return switch (record) {
      case AuthEvent _ -> EventKind.AUTH;
      case CaptureEvent _ -> EventKind.CAPTURE;
      case RefundEvent _ -> EventKind.REFUND;
      case WebhookEvent _ -> EventKind.WEBHOOK;
      case SettlementEvent _ -> EventKind.SETTLEMENT;
      case DisputeEvent _ -> EventKind.DISPUTE;
      default -> throw new IllegalArgumentException(record.getClass() + " is no payment event");
    };
  }

  /** As the door of production does: what the BIN tells, until the event names it itself. */
  private Slice leaf(PaymentStep step) {
    String bin = step.getBin();
    @Nullable BinRange range = bin == null ? null : bins.find(bin);
    String unnamed = bin == null ? null : UNKNOWN;
    Boolean threeDs = step.getThreeDs();
    return Slice.leaf(
        step.getPsp(),
        range == null ? unnamed : range.getId(),
        step.getRegion(),
        step.getMethod(),
        step.getScheme() == null && range != null ? range.getScheme() : step.getScheme(),
        step.getIssuerCountry() == null && range != null
            ? range.getCountry()
            : step.getIssuerCountry(),
        step.getMerchantAccount(),
        step.getConnectorVersion(),
        threeDs == null ? null : threeDs ? "yes" : "no");
  }

  /** Events counted, each once. */
  long events() {
    return events;
  }

  /** Events that came too late to be judged. */
  long late() {
    return kinds.values().stream().mapToLong(Counted::late).sum();
  }

  /** Cells of a minute that were not as expected, as the topology publishes them. */
  long anomalies() {
    return anomalies;
  }

  /** Suspected causes. */
  long bursts() {
    return cellMinutes.bursts();
  }

  /** Minutes for which cells were not as expected, each root cell for itself. */
  long cellMinutes() {
    return cellMinutes.sum();
  }
}
