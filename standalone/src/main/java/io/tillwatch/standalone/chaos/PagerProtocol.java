package io.tillwatch.standalone.chaos;

import io.tillwatch.standalone.chaos.WireLog.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** R9: outages one after another while pager and chat fail in every way and triage is killed. */
final class PagerProtocol implements Protocol {

  private static final Mood[] FAULTS = {
    Mood.BUSY,
    Mood.RESETS_AFTER,
    Mood.REFUSES,
    Mood.HANGS,
    Mood.BROKEN,
    Mood.HANGS_AFTER,
    Mood.RESETS
  };

  /** The chat fails in another way than the pager at the time. */
  private static final int CHAT_AHEAD = 3;

  private static final double CHAT_LOST_SHARE = 0.1;

  /** The chat takes fifty edits a minute: it is well first, and catches up. */
  private static final double CHAT_HEALS = 0.6;

  private static final Duration PAGED_WITHIN = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final long LOOP_MILLIS = 100;
  private static final double NANOS = 1e9;

  @Override
  public String id() {
    return "R9";
  }

  @Override
  public String title() {
    return "pager and chat answer 429, 5xx, reset, hang, 400; triage is killed";
  }

  @Override
  public Outcome run(Stage stage) throws Exception {
    try (PagerStub pager = new PagerStub();
        ChatStub chat = new ChatStub(stage.seed(), CHAT_LOST_SHARE);
        Grounds grounds =
            new Grounds(stage.folder(), Grounds.toldBy(pager, chat) + deadline(stage.scale()))) {
      grounds.startTriage();
      return new Run(stage, pager, chat, grounds).play();
    }
  }

  /** In passing nobody waits for long; what hangs does so for longer all the same. */
  private static String deadline(Scale scale) {
    return "outside: {deadline: %ds}%n".formatted(scale.of(2, 8, 8));
  }

  /** One run. */
  private final class Run {
    private final Stage stage;
    private final PagerStub pager;
    private final ChatStub chat;
    private final Grounds grounds;
    private final SplittableRandom random;
    private final Outages outages = new Outages("pay");
    private final int incidents;
    private final long nanosMax;
    private final int kills;
    private int killed;

    Run(Stage stage, PagerStub pager, ChatStub chat, Grounds grounds) {
      this.stage = stage;
      this.pager = pager;
      this.chat = chat;
      this.grounds = grounds;
      this.random = new SplittableRandom(stage.seed());
      this.incidents = stage.scale().of(8, 100, 500);
      this.nanosMax = Duration.ofSeconds(stage.scale().of(28, 360, 1_800)).toNanos();
      this.kills = stage.scale().of(1, 6, 30);
    }

    Outcome play() throws Exception {
      long start = System.nanoTime();
      long passed = 0;
      while (passed < nanosMax) {
        arrive(passed);
        pager.become(mood(passed, 0));
        chat.become(passed < CHAT_HEALS * nanosMax ? mood(passed, CHAT_AHEAD) : Mood.WELL);
        kill(passed);
        Thread.sleep(LOOP_MILLIS);
        passed = System.nanoTime() - start;
      }
      pager.become(Mood.WELL);
      chat.become(Mood.WELL);
      long healed = System.nanoTime();
      boolean allPaged =
          Waiting.until(
              PATIENCE,
              () -> {
                OnRecord record = grounds.onRecord();
                Set<String> missing = new HashSet<>(record.pagesAskedFor());
                missing.removeAll(pager.rung());
                missing.removeAll(record.overFirst());
                return record.pagesAskedFor().size() >= incidents && missing.isEmpty();
              });
      double lastPage = Math.max(0, (lastRing() - healed) / NANOS);
      boolean over = end();
      return outcome(allPaged, lastPage, over);
    }

    private void arrive(long passed) throws Exception {
      while (outages.begun() < incidents * (double) passed / nanosMax) {
        grounds.send(outages.begin());
        stage
            .progress()
            .accept(
                "%d of %d outages, %d paged, %d kills, pager %s"
                    .formatted(
                        outages.begun(), incidents, pager.rung().size(), killed, pager.mood()));
        if (outages.begun() % 5 == 0) {
          endOne();
        }
      }
    }

    /** An outage ends some time after somebody was paged for it. */
    private void endOne() throws Exception {
      Map<String, String> incidentOf = grounds.onRecord().incidentByBurst();
      Set<String> rung = pager.rung();
      for (String burst : outages.burning()) {
        if (rung.contains(incidentOf.get(burst) + "/1")) {
          grounds.send(outages.end(burst));
          return;
        }
      }
    }

    /** Each fault for two parts of three, then well for one; the last one lasts to the end. */
    private Mood mood(long passed, int ahead) {
      int cycles = FAULTS.length * stage.scale().of(1, 2, 4);
      double position = cycles * (double) passed / nanosMax;
      int cycle = Math.min(cycles - 1, (int) position);
      boolean fault = position - cycle < 2.0 / 3 || cycle == cycles - 1;
      return fault ? FAULTS[(cycle + ahead) % FAULTS.length] : Mood.WELL;
    }

    private void kill(long passed) throws Exception {
      if (killed < kills && passed > nanosMax * (killed + 0.5) / kills) {
        killed++;
        Thread.sleep(random.nextInt(300));
        grounds.killTriage();
        grounds.launch();
      }
    }

    private long lastRing() {
      Set<String> rung = new HashSet<>();
      long last = 0;
      for (Entry entry : pager.log().entries()) {
        if (entry.verb() == WireLog.Verb.TRIGGER && entry.effect() && rung.add(entry.key())) {
          last = entry.nanos();
        }
      }
      return last;
    }

    private boolean end() throws Exception {
      for (String burst : outages.burning()) {
        grounds.send(outages.end(burst));
      }
      Duration patience = Duration.ofMinutes(stage.scale().of(4, 15, 60)); // fifty edits a minute
      return Waiting.until(patience, () -> pager.open().isEmpty() && grounds.onRecord().quiet());
    }

    private Outcome outcome(boolean allPaged, double lastPage, boolean over) throws Exception {
      OnRecord record = grounds.onRecord();
      List<Entry> wire = pager.log().entries();
      List<String> violations = new ArrayList<>(Checker.check(record, wire, List.of()));
      violations.addAll(ChatChecker.check(record, chat.messages(), chat.log().entries()));
      Map<String, Integer> rings = Checker.rings(wire);
      Set<String> never = record.pagesAskedFor();
      never.removeAll(rings.keySet());
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("outages", outages.begun());
      figures.put("seconds", nanosMax / (long) NANOS);
      figures.put("kills", killed);
      figures.put("requests", wire.size());
      figures.put("episodesPaged", rings.size());
      figures.put("neverPaged", never.size());
      figures.put("pagedTwice", rings.values().stream().filter(count -> count > 1).count());
      figures.put("lastPageSecondsAfterHeal", Math.round(lastPage * 10) / 10.0);
      figures.put("incidentsToldBySecondChannel", toldElsewhere());
      figures.put("chatMessages", chat.messages().size());
      figures.put("chatUnanswered", chat.unanswered());
      if (!allPaged) {
        violations.add("pages: not everybody was paged within " + PATIENCE);
      }
      if (stage.scale() != Scale.QUICK && lastPage > PAGED_WITHIN.toSeconds()) {
        violations.add("pages: the last one %.1f s after the faults".formatted(lastPage));
      }
      if (!over) {
        violations.add("closing: still open at the pager, or not all settled: " + pager.open());
      }
      return new Outcome(id(), title(), figures, violations);
    }

    private long toldElsewhere() throws Exception {
      return grounds
          .said()
          .lines()
          .filter(line -> line.contains("not reached ("))
          .map(line -> line.replaceAll(".*(INC-[0-9A-F]+).*", "$1"))
          .distinct()
          .count();
    }
  }
}
