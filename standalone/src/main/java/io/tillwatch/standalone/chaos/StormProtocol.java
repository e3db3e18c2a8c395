package io.tillwatch.standalone.chaos;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.standalone.chaos.WireLog.Entry;
import io.tillwatch.triage.rehearsal.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * R15: 2,000 findings a minute of a few causes, five times that for a while, each told as a burst
 * of its own; in the midst of it the worst one.
 */
final class StormProtocol implements Protocol {

  private static final int CAUSES = 20;
  private static final int A_MINUTE = 2_000;
  private static final int TIMES = 5;
  private static final double WORST = 400;
  private static final double BAD = 60;
  private static final double MILD = 1;
  private static final double REDUCTION_MIN = 0.95;
  private static final Duration PAGED_WITHIN = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final double NANOS = 1e9;

  private final Map<String, Long> sent = new HashMap<>();
  private int findings;

  @Override
  public String id() {
    return "R15";
  }

  @Override
  public String title() {
    return "storm: 2,000 findings a minute and five times that, at the chart's heap";
  }

  @Override
  public Outcome run(Stage stage) throws Exception {
    SplittableRandom random = new SplittableRandom(stage.seed());
    int seconds = stage.scale().of(6, 60, 300);
    try (PagerStub pager = new PagerStub();
        Grounds grounds = new Grounds(stage.folder(), Grounds.pagedBy(pager))) {
      grounds.startTriage();
      long start = System.nanoTime();
      for (int second = 0; second < seconds; second++) {
        int times = second >= seconds / 3 && second < seconds / 2 ? TIMES : 1;
        for (int i = 0; i < A_MINUTE / 60 * times; i++) {
          hurl(grounds, finding(random));
        }
        if (second == seconds / 2) {
          hurl(grounds, worst());
        }
        stage.progress().accept("%d findings, %d paged".formatted(findings, pager.rung().size()));
        long due = start + Duration.ofSeconds(second + 1).toNanos() - System.nanoTime();
        Thread.sleep(Math.max(0, due / 1_000_000));
      }
      boolean paged = Waiting.until(PATIENCE, () -> pager.rung().size() > CAUSES);
      boolean quiet = Waiting.until(PATIENCE, () -> grounds.onRecord().quiet());
      return outcome(stage, grounds, pager, paged && quiet);
    }
  }

  private void hurl(Grounds grounds, Burst burst) {
    findings++;
    sent.putIfAbsent(burst.getRootCells().getFirst().getSlice().get("psp"), System.nanoTime());
    grounds.hurl(burst);
  }

  private Burst finding(SplittableRandom random) {
    String psp = "psp" + random.nextInt(CAUSES);
    boolean first = !sent.containsKey(psp);
    Map<String, String> slice =
        first ? Map.of("psp", psp) : Map.of("psp", psp, "region", "r" + random.nextInt(50));
    return Outage.of("f" + findings, EventKind.AUTH, slice, Instant.now(), first ? BAD : MILD)
        .build();
  }

  private static Burst worst() {
    Map<String, String> slice = Map.of("psp", "worst");
    return Outage.of("worst", EventKind.AUTH, slice, Instant.now(), WORST).build();
  }

  private Outcome outcome(Stage stage, Grounds grounds, PagerStub pager, boolean done)
      throws Exception {
    OnRecord record = grounds.onRecord();
    List<Entry> wire = pager.log().entries();
    List<String> violations = new ArrayList<>(Checker.check(record, wire, List.of()));
    Map<String, Double> waits = waits(record, wire);
    double worst = waits.getOrDefault("worst", Double.POSITIVE_INFINITY);
    double oldest = waits.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double reduction = 1 - record.latest().size() / (double) findings;
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("findings", findings);
    figures.put("causes", sent.size());
    figures.put("incidents", record.latest().size());
    figures.put("noiseReductionPercent", Math.round(reduction * 1_000) / 10.0);
    figures.put("worstPagedAfterSeconds", Math.round(worst * 10) / 10.0);
    figures.put("oldestPagedAfterSeconds", Math.round(oldest * 10) / 10.0);
    figures.put("heap", Grounds.HEAP);
    if (!grounds.triage().alive()) {
      violations.add("triage ended with " + grounds.triage().exitCode());
    }
    if (!done) {
      violations.add("not everybody was paged within " + PATIENCE);
    }
    if (record.latest().size() != sent.size()) {
      violations.add(
          "%d incidents, expected one per cause: %d"
              .formatted(record.latest().size(), sent.size()));
    }
    if (reduction < REDUCTION_MIN && stage.scale() != Scale.QUICK) {
      violations.add("noise reduction %.3f, expected %.2f".formatted(reduction, REDUCTION_MIN));
    }
    if (stage.scale() != Scale.QUICK && oldest > PAGED_WITHIN.toSeconds()) {
      violations.add("the oldest page waited %.1f s".formatted(oldest));
    }
    return new Outcome(id(), title(), figures, violations);
  }

  /** Seconds from the first finding of a cause until its page rang. */
  private Map<String, Double> waits(OnRecord record, List<Entry> wire) {
    Map<String, String> pspOf = new HashMap<>();
    record
        .latest()
        .values()
        .forEach(incident ->
            pspOf.put(
                incident.getIncidentId() + "/1",
                incident.getRootCells().getFirst().getSlice().getOrDefault("psp", "")));
    Map<String, Double> waits = new HashMap<>();
    for (Entry entry : wire) {
      if (entry.verb() == WireLog.Verb.TRIGGER && entry.effect()) {
        String psp = pspOf.getOrDefault(entry.key(), "");
        long from = sent.getOrDefault(psp, entry.nanos());
        waits.putIfAbsent(psp, (entry.nanos() - from) / NANOS);
      }
    }
    return waits;
  }
}
