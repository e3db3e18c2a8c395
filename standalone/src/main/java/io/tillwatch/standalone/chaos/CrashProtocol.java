package io.tillwatch.standalone.chaos;

import io.tillwatch.triage.act.CrashPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** R12: triage is halted at every named point, and what it left is taken up by the next one. */
final class CrashProtocol implements Protocol {

  private static final int PASSINGS_MAX = 2;
  private static final Duration CRASH_MAX = Duration.ofMinutes(3);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final List<CrashPoint> IN_PASSING =
      List.of(CrashPoint.DECIDED, CrashPoint.AFTER_ANSWER, CrashPoint.AFTER_RECORD);

  @Override
  public String id() {
    return "R12";
  }

  @Override
  public String title() {
    return "halted at named points around decision, attempt, record and commit";
  }

  @Override
  public Outcome run(Stage stage) throws Exception {
    int times = stage.scale().of(1, 3, 20);
    List<CrashPoint> points =
        stage.scale() == Scale.QUICK ? IN_PASSING : List.of(CrashPoint.values());
    SplittableRandom random = new SplittableRandom(stage.seed());
    Outages outages = new Outages("pay");
    Map<String, Object> figures = new LinkedHashMap<>();
    List<String> violations = new ArrayList<>();
    try (PagerStub pager = new PagerStub();
        ChatStub chat = new ChatStub(stage.seed(), 0);
        Grounds grounds = new Grounds(stage.folder(), Grounds.toldBy(pager, chat))) {
      for (CrashPoint point : points) {
        int crashed = 0;
        for (int time = 0; time < times; time++) {
          stage
              .progress()
              .accept("%s, %d of %d, %d paged".formatted(point, time, times, pager.rung().size()));
          crashed += crash(grounds, outages, point, 1 + random.nextInt(PASSINGS_MAX)) ? 1 : 0;
        }
        figures.put("crashes." + point.name().toLowerCase(Locale.ROOT), crashed);
        if (crashed < times) {
          violations.add("%s: %d of %d starts reached it".formatted(point, crashed, times));
        }
      }
      grounds.startTriage();
      boolean paged = Waiting.until(PATIENCE, () -> pager.rung().size() >= outages.begun());
      for (String burst : outages.burning()) {
        grounds.send(outages.end(burst));
      }
      Duration closing = Duration.ofMinutes(stage.scale().of(4, 8, 30)); // fifty edits a minute
      boolean over =
          Waiting.until(closing, () -> pager.open().isEmpty() && grounds.onRecord().quiet());
      if (!paged || !over) {
        violations.add(
            "not all was paged within %s, closed within %s".formatted(PATIENCE, closing));
      }
      OnRecord record = grounds.onRecord();
      violations.addAll(Checker.check(record, pager.log().entries(), List.of()));
      violations.addAll(ChatChecker.check(record, chat.messages(), chat.log().entries()));
      figures.put("incidents", record.latest().size());
      figures.put("episodesPaged", pager.rung().size());
      figures.put("chatMessages", chat.messages().size());
      figures.put("logEntries", record.log().size());
    }
    return new Outcome(id(), title(), figures, violations);
  }

  private static boolean crash(Grounds grounds, Outages outages, CrashPoint point, int passings)
      throws Exception {
    String where = point.name().toLowerCase(Locale.ROOT) + ":" + passings;
    Started triage = grounds.launch("-Dtillwatch.crash-at=" + where);
    grounds.send(outages.begin());
    boolean ended = Waiting.until(CRASH_MAX, () -> !triage.alive());
    if (!ended) {
      triage.kill();
    }
    return ended && triage.exitCode() == CrashPoint.EXIT_CODE;
  }
}
