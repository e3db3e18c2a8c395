package io.tillwatch.standalone.evaluate;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.source.InvalidRules;
import io.tillwatch.standalone.demo.ProgressLine;
import io.tillwatch.standalone.evaluate.safety.SafetySuite;
import io.tillwatch.standalone.site.ReportFile;
import io.tillwatch.standalone.site.WrongInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tillwatch evaluate}: how often what people are told of an incident is right. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Hands incident cases with a known cause to the incident desk that works in production, in"
          + " virtual time, and compares class, owner, place and confidence of what people are told"
          + " with what really happened: when they are first told, and at the end.",
      "Without options the golden set that is shipped is heard again, in seconds. A seed makes"
          + " cases of every class that nobody has seen: payments are simulated and go through the"
          + " detector of production, at one to two seconds of CPU for each case.",
      "An incident that nobody is told of is wrong. What is informational must not be told.",
      "--suite safety asks something else: what a model can do here that obeys every order hidden"
          + " in texts of others, answers with anything, or hangs; and what the redactor leaves."
          + " Labelled lines go through the desk, the gateway and the adapters of production,"
          + " before stubs."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every claim that was shown is cited; with --suite safety, everything holds",
      "1:one is not; something does not hold",
      "2:wrong usage or input"
    },
    footer = {
      "",
      "Examples:",
      "  tillwatch evaluate",
      "  tillwatch evaluate --seed 7 --count 200 --report figures.json",
      "  tillwatch evaluate --seed 7 --count 22 --write cases && tillwatch evaluate --cases cases",
      "  tillwatch evaluate --suite safety --corpora corpora --report safety.json"
    })
public final class EvaluateCommand implements Callable<Integer> {

  /** Hours of work, and memory for what they hear. */
  private static final int COUNT_MAX = 5_000;

  private static final String CASES = "cases";
  private static final String SAFETY = "safety";

  @Spec private CommandSpec spec;

  @ArgGroup private Which which = new Which();

  @Mixin private Writers writers = new Writers();

  @Option(
      names = "--count",
      defaultValue = "200",
      paramLabel = "N",
      description = "Cases to make of the seed, every class in turn (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--write",
      paramLabel = "DIR",
      description = "Keep the cases, a JSON file for each, to be edited and heard again.")
  private @Nullable Path write;

  @Option(
      names = "--rules",
      split = ",",
      paramLabel = "FILE",
      description = "A site's rules, laid over what is shipped.")
  private List<Path> rules = new ArrayList<>();

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      description = "cases, or safety (default: cases).")
  private String suite = CASES;

  @Option(
      names = "--corpora",
      paramLabel = "DIR",
      description =
          "More lines for --suite safety: redaction.jsonl, injection.jsonl, llm_outputs.jsonl"
              + " (default: ../shared/data/security if it is there).")
  private @Nullable Path corpora;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the figures as JSON.")
  private @Nullable Path report;

  /** Where cases come from. */
  static final class Which {
    @Option(names = "--cases", paramLabel = "DIR", description = "Cases from a folder.")
    private @Nullable Path cases;

    @Option(names = "--seed", paramLabel = "N", description = "Cases made of a seed.")
    private @Nullable Long seed;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ReportFile.check(report);
    if (suite.equals(SAFETY)) {
      return safety();
    }
    if (!suite.equals(CASES) || corpora != null) {
      throw new WrongInput(
          "--suite is '%s', expected cases, or safety, which alone takes --corpora"
              .formatted(suite));
    }
    if (count < 1 || count > COUNT_MAX) {
      throw new WrongInput("--count is %d, expected 1 to %d".formatted(count, COUNT_MAX));
    }
    RuleBook book = book();
    Author author = writers.author(book);
    List<GoldenCase> cases = cases(book);
    if (write != null) {
      CaseFiles.write(write, cases);
    }
    Evaluation evaluation = Evaluation.of(cases, book, author);
    PrintWriter out = spec.commandLine().getOut();
    new EvaluateText(out).print(evaluation, author.spent());
    out.flush();
    if (report != null) {
      EvaluateReport.write(report, evaluation, text(), author.spent());
    }
    return evaluation.told().uncitedShown() + evaluation.ended().uncitedShown() == 0 ? 0 : 1;
  }

  private int safety() throws IOException, InterruptedException {
    ProgressLine line = new ProgressLine(System.err);
    return SafetySuite.run(
        corpora,
        report,
        spec.commandLine().getOut(),
        (done, all) -> {
          line.show("%d of %d lines".formatted(done, all));
          if (done.equals(all)) {
            line.end();
          }
        });
  }

  private List<GoldenCase> cases(RuleBook book) throws IOException, InterruptedException {
    if (which.cases != null) {
      return CaseFiles.read(which.cases);
    }
    Long seed = which.seed;
    if (seed == null) {
      return CaseFiles.golden();
    }
    PrintWriter err = spec.commandLine().getErr();
    CaseMaker maker =
        new CaseMaker(
            seed,
            book,
            made -> {
              err.printf("%d of %d cases made%n", made, count);
              err.flush();
            });
    return maker.make(count);
  }

  private String text() {
    if (which.cases != null) {
      return "cases of " + which.cases;
    }
    return which.seed == null ? "golden set" : "seed %d, count %d".formatted(which.seed, count);
  }

  private RuleBook book() {
    try {
      return rules.isEmpty() ? RuleBook.defaults() : RuleBook.load(rules);
    } catch (InvalidRules wrong) {
      throw new WrongInput(String.valueOf(wrong.problems().getFirst()));
    } catch (UncheckedIOException e) {
      throw new WrongInput("--rules: " + e.getMessage());
    }
  }
}
