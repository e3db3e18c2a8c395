package io.tillwatch.standalone.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tillwatch.load.bench.machine.Machine;
import io.tillwatch.standalone.chaos.Protocol.Outcome;
import io.tillwatch.standalone.demo.ProgressLine;
import io.tillwatch.standalone.site.ReportFile;
import io.tillwatch.standalone.site.WrongInput;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tillwatch chaos}: breaks what can be broken and checks what must hold. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts a broker, triage and stubs of outside systems as processes, makes them fail, kills"
          + " triage, and compares what is on record with what reached the outside.",
      "",
      "Protocols: R9 the pager fails, R10 the tracker fails, R12 crash points, R13 the core under"
          + " seeded faults, R14 the same with clock jumps, R15 a storm."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:everything held", "1:something did not", "2:wrong usage or input"})
public final class ChaosCommand implements Callable<Integer> {

  private static final List<Protocol> TRIAGE =
      List.of(
          new PagerProtocol(),
          new TicketProtocol(),
          new CrashProtocol(),
          RehearsalProtocol.faults(),
          RehearsalProtocol.clocks(),
          new StormProtocol());

  private static final int SHOWN_MAX = 40;

  @Option(names = "--suite", defaultValue = "triage", description = "What to break: triage.")
  private String suite = "triage";

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "ID",
      description = "These protocols alone, for example R9,R13.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Decides what fails when (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--quick", description = "A look in passing: a minute or two.")
  private boolean quick;

  @Option(names = "--full", description = "All that the protocols ask for: hours.")
  private boolean full;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the outcome as JSON.")
  private @Nullable Path report;

  @Override
  public Integer call() throws Exception {
    List<Protocol> protocols = chosen();
    ReportFile.check(report);
    Scale scale = quick ? Scale.QUICK : full ? Scale.FULL : Scale.DEFAULT;
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<Map<String, Object>> told = new ArrayList<>();
    boolean passed = true;
    for (Protocol protocol : protocols) {
      out.printf("%s  %s (%s)%n", protocol.id(), protocol.title(), lower(scale));
      long start = System.nanoTime();
      Outcome outcome = run(protocol, scale, new ProgressLine(out));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      passed &= outcome.passed();
      show(outcome, took, out);
      told.add(json(outcome, took));
    }
    if (report != null) {
      write(report, scale, passed, told);
      out.println("report: " + report);
    }
    return passed ? 0 : 1;
  }

  private List<Protocol> chosen() {
    if (!suite.equals("triage")) {
      throw new WrongInput("--suite is '%s', expected triage".formatted(suite));
    }
    if (quick && full) {
      throw new WrongInput("--quick and --full: expected one of them");
    }
    List<String> ids = TRIAGE.stream().map(Protocol::id).toList();
    only.stream()
        .filter(id -> !ids.contains(id))
        .findFirst()
        .ifPresent(id -> {
          throw new WrongInput(
              "--only: '%s' is no protocol, expected some of %s"
                  .formatted(id, String.join(", ", ids)));
        });
    return TRIAGE.stream()
        .filter(protocol -> only.isEmpty() || only.contains(protocol.id()))
        .toList();
  }

  private Outcome run(Protocol protocol, Scale scale, ProgressLine line) throws Exception {
    Path folder = Files.createTempDirectory("tillwatch-chaos-");
    try {
      return protocol.run(
          new Protocol.Stage(seed, scale, folder, text -> line.show("    " + text)));
    } finally {
      line.end();
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void show(Outcome outcome, Duration took, PrintStream out) {
    outcome.figures().forEach((name, value) -> out.printf("    %-30s %s%n", name, value));
    outcome.violations().stream()
        .limit(SHOWN_MAX)
        .forEach(violation -> out.println("    ✗ " + violation));
    out.printf("    %s in %d s%n%n", outcome.passed() ? "held" : "DID NOT HOLD", took.toSeconds());
  }

  private static Map<String, Object> json(Outcome outcome, Duration took) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", outcome.id());
    json.put("title", outcome.title());
    json.put("passed", outcome.passed());
    json.put("seconds", took.toSeconds());
    json.put("figures", outcome.figures());
    json.put("violations", outcome.violations());
    return json;
  }

  private void write(Path file, Scale scale, boolean passed, List<Map<String, Object>> protocols)
      throws IOException, InterruptedException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("suite", suite);
    json.put("scale", lower(scale));
    json.put("seed", seed);
    json.put("passed", passed);
    json.put("commit", Machine.commit());
    json.put("machine", Machine.here());
    json.put("protocols", protocols);
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), json);
  }

  private static String lower(Enum<?> symbol) {
    return symbol.name().toLowerCase(Locale.ROOT);
  }
}
