package io.tillwatch.standalone.chaos;

import io.tillwatch.standalone.chaos.WireLog.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * R10: a tracker that loses answers, finds late, and locks us out for a while, and a chat that
 * loses as many.
 */
final class TicketProtocol implements Protocol {

  private static final double LOST_SHARE = 0.3;
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final long LOOP_MILLIS = 100;

  @Override
  public String id() {
    return "R10";
  }

  @Override
  public String title() {
    return "tracker and chat: 30 % happen unanswered, the index lags, 401 for a while";
  }

  @Override
  public Outcome run(Stage stage) throws Exception {
    Scale scale = stage.scale();
    Duration lag = Duration.ofSeconds(scale.of(2, 15, 180));
    String settings =
        """
        targets: {pager: console, ticket: jira, chat: slack}
        outside: {deadline: %ds}
        jira:
          base-url: "%s"
          user: tillwatch@example.com
          token: not-a-real-one
          project: PAY
          create-settles: %ds
          index-lag: %ds
        %s
        """;
    try (TrackerStub tracker = new TrackerStub(stage.seed(), LOST_SHARE, lag);
        ChatStub chat = new ChatStub(stage.seed(), LOST_SHARE);
        Grounds grounds =
            new Grounds(
                stage.folder(),
                settings.formatted(
                    scale.of(2, 3, 8),
                    tracker.url(),
                    scale.of(2, 5, 60),
                    scale.of(4, 25, 300),
                    chat.settings()))) {
      grounds.startTriage();
      return play(stage, tracker, chat, grounds);
    }
  }

  private Outcome play(Stage stage, TrackerStub tracker, ChatStub chat, Grounds grounds)
      throws Exception {
    int incidents = stage.scale().of(6, 60, 500);
    long nanosMax = Duration.ofSeconds(stage.scale().of(15, 240, 1_800)).toNanos();
    int kills = stage.scale().of(1, 3, 10);
    SplittableRandom random = new SplittableRandom(stage.seed());
    Outages outages = new Outages("pay");
    int killed = 0;
    long start = System.nanoTime();
    long passed = 0;
    while (passed < nanosMax) {
      while (outages.begun() < incidents * (double) passed / nanosMax) {
        grounds.send(outages.begin());
        stage
            .progress()
            .accept(
                "%d of %d outages, %d issues, %d kills"
                    .formatted(outages.begun(), incidents, tracker.issues(), killed));
      }
      double part = (double) passed / nanosMax;
      Mood now = part > 0.5 && part < 0.67 ? Mood.LOCKED : Mood.WELL;
      tracker.become(now);
      chat.become(now);
      if (killed < kills && part > (killed + 0.5) / kills) {
        killed++;
        Thread.sleep(random.nextInt(300));
        grounds.killTriage();
        grounds.launch();
      }
      Thread.sleep(LOOP_MILLIS);
      passed = System.nanoTime() - start;
    }
    tracker.become(Mood.WELL);
    chat.become(Mood.WELL);
    boolean made =
        Waiting.until(
            PATIENCE,
            () -> {
              stage.progress().accept("%d issues of %d".formatted(tracker.issues(), incidents));
              return tracker.issues() >= incidents;
            });
    for (String burst : outages.burning()) {
      grounds.send(outages.end(burst));
    }
    Duration closing = Duration.ofMinutes(stage.scale().of(20, 20, 60)); // fifty edits a minute
    boolean over =
        Waiting.until(closing, () -> closed(tracker) >= incidents && grounds.onRecord().quiet());
    return outcome(tracker, chat, grounds.onRecord(), made && over, incidents, killed);
  }

  private static long closed(TrackerStub tracker) {
    return tracker.log().entries().stream()
        .filter(entry -> entry.verb() == Verb.CLOSE)
        .map(WireLog.Entry::key)
        .distinct()
        .count();
  }

  private Outcome outcome(
      TrackerStub tracker,
      ChatStub chat,
      OnRecord record,
      boolean done,
      int incidents,
      int killed) {
    List<WireLog.Entry> wire = tracker.log().entries();
    List<String> violations = new ArrayList<>(Checker.check(record, List.of(), wire));
    violations.addAll(ChatChecker.check(record, chat.messages(), chat.log().entries()));
    if (!done) {
      violations.add("tickets and chat: not all was made and said in time");
    }
    if (tracker.issues() != incidents) {
      violations.add("tickets: %d issues, expected %d".formatted(tracker.issues(), incidents));
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("incidents", incidents);
    figures.put("issues", tracker.issues());
    figures.put("closed", closed(tracker));
    figures.put(
        "createsUnanswered",
        wire.stream().filter(e -> e.verb() == Verb.CREATE && e.answer() == 0).count());
    figures.put("kills", killed);
    figures.put("chatMessages", chat.messages().size());
    figures.put("chatUnanswered", chat.unanswered());
    return new Outcome(id(), title(), figures, violations);
  }
}
