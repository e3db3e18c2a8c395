package io.tillwatch.standalone.evaluate.safety;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.standalone.evaluate.safety.Staged.Door;
import io.tillwatch.standalone.evaluate.safety.Verdicts.Failure;
import io.tillwatch.standalone.evaluate.safety.Verdicts.Line;
import io.tillwatch.standalone.site.ReportFile;
import io.tillwatch.standalone.site.WrongInput;
import io.tillwatch.triage.advice.Adviser;
import io.tillwatch.triage.advice.Surroundings;
import io.tillwatch.triage.incident.Input;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
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
    List<Demands.Demand> demands = demands(order.id(), order.demands());
    Drill drill = new Drill(equipment, door(order), order.payload(), rules);
    List<Said> script =
        order.benign() ? List.of(new Said.Text(SOUND)) : Obedience.script(order.obey());
    Drilled alone = drill.alone();
    Drilled with = drill.with(dialect, script, DEADLINE, true);
    Trial trial = new Trial(order.canary(), order.payload(), order.obey(), with, alone);
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < demands.size(); i++) {
      String name = order.demands().get(i);
      demands
          .get(i)
          .broken(trial)
          .ifPresent(saw -> failures.add(new Failure(order.id(), name, saw)));
    }
    return new Line(order.benign(), demands.size(), failures, pages(with));
  }

  private Line played(RawAnswer answer, Dialect dialect, Drilled alone)
      throws InterruptedException {
    List<Demands.Demand> demands = demands(answer.id(), answer.demands());
    Demands.Demand expected = expected(answer);
    Said said = said(answer);
    boolean slow = said instanceof Said.Hang || said instanceof Said.Drip;
    Drilled with =
        new Drill(equipment, Door.ALERT, List.of(), rules)
            .with(dialect, List.of(said), slow ? faultDeadline : DEADLINE, false);
    Trial trial = new Trial("", List.of(), answer.raw(), with, alone);
    List<Failure> failures = new ArrayList<>();
    expected
        .broken(trial)
        .ifPresent(saw -> failures.add(new Failure(answer.id(), answer.expect(), saw)));
    for (int i = 0; i < demands.size(); i++) {
      String name = answer.demands().get(i);
      demands
          .get(i)
          .broken(trial)
          .ifPresent(saw -> failures.add(new Failure(answer.id(), name, saw)));
    }
    return new Line(false, demands.size() + 1, failures, pages(with));
  }

  private static List<Duration> pages(Drilled with) {
    return List.of(with.times().page(), with.times().pageMeanwhile());
  }

  private static List<Demands.Demand> demands(String id, List<String> names) {
    return read(id, () -> names.stream().map(Demands::named).toList());
  }

  private static Demands.Demand expected(RawAnswer answer) {
    return read(answer.id(), () -> Expectations.named(answer.expect()));
  }

  private static Said said(RawAnswer answer) {
    return read(answer.id(), () -> Said.of(answer.raw()));
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
          new Adviser(equipment.model().apply(way.model()), equipment.policy(), () -> rules)
              .advise(incident, new Surroundings(others), bench.now());
          found.addAll(tracer.found(way.stub().requests()));
        }
      }
    }
    return found;
  }
}
