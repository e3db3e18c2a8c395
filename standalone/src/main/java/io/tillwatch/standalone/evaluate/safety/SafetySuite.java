package io.tillwatch.standalone.evaluate.safety;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.standalone.evaluate.safety.Staged.Door;
import io.tillwatch.standalone.evaluate.safety.Verdicts.Failure;
import io.tillwatch.standalone.evaluate.safety.Verdicts.Line;
import io.tillwatch.standalone.site.ReportFile;
import io.tillwatch.standalone.site.WrongInput;
import io.tillwatch.triage.advice.Surroundings;
import io.tillwatch.triage.incident.Input;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The safety suite: every line of the corpora through production, and what has to hold of it.
 *
 * <p>Lines are independent: each has a desk, a gateway and a record of calls of its own. Several
 * are played at once, as most of them wait for something.
 */
public final class SafetySuite {

  /** How long a model may take in production, which those that answer are given. */
  static final Duration DEADLINE = Duration.ofSeconds(20);

  /** The same of those that hang, so that the suite does not: longer than any answer here takes. */
  static final Duration FAULT_DEADLINE = Duration.ofSeconds(2);

  /** Where more lines are looked for when nobody says where. */
  private static final Path NEARBY = Path.of("../shared/data/security");

  private static final int THREADS = 4;

  /** An answer that holds: cites what there is and says no more. */
  private static final String SOUND =
      """
      {"hypotheses": [{"class": "psp_partial_outage", "owner": "psp",
        "cause": "northpay fails in eu-west.", "evidence": ["E1"], "confidence": 0.8}]}\
      """;

  private static final List<String> TOOLS =
      List.of("cells", "decline_mix", "status", "changes", "similar_incidents", "runbooks");

  private final Equipment equipment;
  private final Duration faultDeadline;
  private final BiConsumer<Integer, Integer> progress;
  private final RuleBook rules = RuleBook.defaults();

  /**
   * A suite.
   *
   * @param progress is told how many lines of how many are done
   */
  SafetySuite(Equipment equipment, Duration faultDeadline, BiConsumer<Integer, Integer> progress) {
    this.equipment = equipment;
    this.faultDeadline = faultDeadline;
    this.progress = progress;
  }

  /**
   * Runs it on what is shipped and what a folder holds, and prints what came of it.
   *
   * @param folder null for the one nearby, if it is there
   * @param report null for none
   * @return the exit code: 0 when everything holds, else 1
   * @throws WrongInput for a folder or a line that is none
   */
  public static int run(
      @Nullable Path folder,
      @Nullable Path report,
      PrintWriter out,
      BiConsumer<Integer, Integer> progress)
      throws IOException, InterruptedException {
    ReportFile.check(report);
    List<Corpora> corpora = new ArrayList<>(List.of(Corpora.shipped()));
    if (folder != null) {
      corpora.add(Corpora.in(folder));
    } else if (Files.isDirectory(NEARBY)) {
      corpora.add(Corpora.in(NEARBY));
    }
    Verdicts verdicts =
        new SafetySuite(Equipment.ofProduction(), FAULT_DEADLINE, progress).of(corpora);
    new SafetyText(out).print(verdicts);
    out.flush();
    if (report != null) {
      SafetyReport.write(report, verdicts);
    }
    return verdicts.passed() ? 0 : 1;
  }

  /** What comes of these lines. */
  Verdicts of(List<Corpora> corpora) throws InterruptedException {
    List<MarkedText> marked = corpora.stream().flatMap(each -> each.marked().stream()).toList();
    List<HiddenOrder> orders = corpora.stream().flatMap(each -> each.orders().stream()).toList();
    List<RawAnswer> answers = corpora.stream().flatMap(each -> each.answers().stream()).toList();
    Drilled alone = new Drill(equipment, Door.ALERT, List.of(), rules).alone();
    List<Callable<Line>> work = new ArrayList<>();
    for (int i = 0; i < orders.size(); i++) {
      HiddenOrder order = orders.get(i);
      Dialect dialect = Dialect.of(i);
      work.add(() -> played(order, dialect));
    }
    for (int i = 0; i < answers.size(); i++) {
      RawAnswer answer = answers.get(i);
      Dialect dialect = Dialect.of(i);
      work.add(() -> played(answer, dialect, alone));
    }
    List<Line> done = all(work);
    Verdicts.Lines ofOrders = new Verdicts.Lines();
    done.subList(0, orders.size()).forEach(ofOrders::add);
    Verdicts.Lines ofAnswers = new Verdicts.Lines();
    done.subList(orders.size(), done.size()).forEach(ofAnswers::add);
    WireTracer tracer = new WireTracer();
    Set<String> onWire = trace(tracer);
    return new Verdicts(
        corpora.stream().map(Corpora::name).toList(),
        RedactionScore.of(marked, equipment.redactor()),
        ofOrders,
        ofAnswers,
        onWire,
        tracer.marks(),
        faultDeadline);
  }

  private List<Line> all(List<Callable<Line>> work) throws InterruptedException {
    List<Line> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Line>> futures = work.stream().map(threads::submit).toList();
      try {
        for (Future<Line> future : futures) {
          done.add(future.get());
          progress.accept(done.size(), work.size());
        }
      } catch (ExecutionException e) {
        futures.forEach(future -> future.cancel(true));
        if (e.getCause() instanceof WrongInput wrong) {
          throw wrong;
        }
        throw new IllegalStateException("a line could not be played", e);
      }
    }
    return done;
  }

  private Line played(HiddenOrder order, Dialect dialect) throws InterruptedException {
    Checked checked = new Checked(order.id());
    order.demands().forEach(name -> checked.add(name, Demands::named));
    Drill drill = new Drill(equipment, door(order), order.payload(), rules);
    List<Said> script =
        order.benign() ? List.of(new Said.Text(SOUND)) : Obedience.script(order.obey());
    Drilled alone = drill.alone();
    Drilled with = drill.with(dialect, script, DEADLINE, true);
    checked.look(new Trial(order.canary(), order.payload(), order.obey(), with, alone));
    Optional<String> believable = Obedience.believable(order.obey(), order.canary());
    if (believable.isPresent()) {
      String said = believable.get();
      Drilled again = drill.with(dialect, List.of(new Said.Text(said)), DEADLINE, true);
      checked.lookAgain(new Trial("", order.payload(), said, again, alone));
    }
    return checked.line(order.benign(), pages(with));
  }

  private Line played(RawAnswer answer, Dialect dialect, Drilled alone)
      throws InterruptedException {
    Checked checked = new Checked(answer.id());
    checked.add(answer.expect(), Expectations::named);
    answer.demands().forEach(name -> checked.add(name, Demands::named));
    Said said = read(answer.id(), () -> Said.of(answer.raw()));
    boolean slow = said instanceof Said.Hang || said instanceof Said.Drip;
    Drill drill = new Drill(equipment, Door.ALERT, List.of(), rules);
    Drilled with = drill.with(dialect, List.of(said), slow ? faultDeadline : DEADLINE, false);
    checked.look(new Trial("", List.of(), answer.raw(), with, alone));
    Optional<String> believable =
        said instanceof Said.Text ? Obedience.believable(answer.raw(), "") : Optional.empty();
    if (believable.isPresent()) {
      String text = believable.get();
      Drilled again = drill.with(dialect, List.of(new Said.Text(text)), DEADLINE, false);
      checked.lookAgain(new Trial("", List.of(), text, again, alone));
    }
    return checked.line(false, pages(with));
  }

  /** The checks of one line, and what they saw. */
  private static final class Checked {

    /** Nothing is wrong any more with how the answer is made. */
    private static final Set<String> OF_THE_ANSWER_AS_IT_STANDS =
        Set.of("schema_reject_to_fallback", "fallback", "accept");

    private final String id;
    private final Map<String, Demands.Demand> demands = new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private int looks;

    Checked(String id) {
      this.id = id;
    }

    void add(String name, Function<String, Demands.Demand> named) {
      demands.put(name, read(id, () -> named.apply(name)));
    }

    void look(Trial trial) {
      demands.forEach((name, demand) -> look(name, demand, trial, ""));
    }

    void lookAgain(Trial trial) {
      demands.forEach((name, demand) -> {
        if (!OF_THE_ANSWER_AS_IT_STANDS.contains(name)) {
          look(name, demand, trial, "believed: ");
        }
      });
    }

    private void look(String name, Demands.Demand demand, Trial trial, String when) {
      looks++;
      demand.broken(trial).ifPresent(saw -> failures.add(new Failure(id, name, when + saw)));
    }

    Line line(boolean benign, List<Duration> pages) {
      return new Line(benign, looks, failures, pages);
    }
  }

  private static List<Duration> pages(Drilled with) {
    return List.of(with.times().page(), with.times().pageMeanwhile());
  }

  private static Door door(HiddenOrder order) {
    return read(order.id(), () -> Door.of(order.surface()));
  }

  /** What nobody can play or check is an error of the suite, and no pass. */
  private static <T> T read(String id, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException unknown) {
      throw new WrongInput("%s: %s".formatted(id, unknown.getMessage()));
    }
  }

  /** Fields that a model hears of and may not: asked as it is, and with every tool. */
  private Set<String> trace(WireTracer tracer) throws InterruptedException {
    Set<String> found = new TreeSet<>();
    try (Bench bench = new Bench(rules)) {
      for (Input each : Staged.news(Door.ALERT, List.of("Nothing special"))) {
        bench.hear(tracer.markedNews(each));
      }
      bench.burst(Staged.PSP, 1, Staged.ONSET);
      bench.burst(Staged.OTHER_PSP, 1, Staged.ONSET);
      Incident incident = tracer.marked(bench.incident(Staged.PSP).orElseThrow());
      List<Incident> others = bench.incidents().stream().map(tracer::marked).toList();
      for (int i = 0; i < TOOLS.size(); i++) {
        List<Said> script =
            List.of(
                new Said.Tool(TOOLS.get(i), "{\"query\": \"region outage psp route\"}"),
                new Said.Text(SOUND));
        try (ModelWay way = new ModelWay(Dialect.of(i), script, DEADLINE)) {
          equipment
              .adviser(way.model(), rules)
              .advise(incident, new Surroundings(others), bench.now());
          found.addAll(tracer.found(way.stub().requests()));
        }
      }
    }
    return found;
  }
}
