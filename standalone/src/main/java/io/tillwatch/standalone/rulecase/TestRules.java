package io.tillwatch.standalone.rulecase;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.source.InvalidRules;
import io.tillwatch.rules.source.Problems;
import io.tillwatch.standalone.site.ReportFile;
import io.tillwatch.standalone.site.WrongInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules test}: what comes of made-up events under a site's rules, against what should. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Runs cases through the detector and the incident desk that work in production, in virtual"
          + " time: series of events in, incidents, pages and routes out.",
      "Each file names the rules it is about, and its tests; examples/rules has some."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all came out as expected",
      "1:some did not, or the rules cannot be used",
      "2:wrong usage, or no such file"
    },
    footer = {"", "Example:", "  tillwatch rules test examples/rules/payments.test.yaml"})
public final class TestRules implements Callable<Integer> {

  private static final String ENDING = ".test.yaml";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files of cases, or folders of them (*" + ENDING + ").")
  private List<Path> given = new ArrayList<>();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes what came of each case as JSON.")
  private @Nullable Path report;

  /** A file with what came of its cases, or all that is wrong with it. */
  private record Result(Path file, List<CaseVerdict> cases, List<String> problems) {
    long failed() {
      return cases.stream().filter(each -> !each.ok()).count() + (problems.isEmpty() ? 0 : 1);
    }
  }

  @Override
  public Integer call() {
    ReportFile.check(report);
    PrintWriter out = spec.commandLine().getOut();
    List<Result> results = new ArrayList<>();
    for (Path file : files()) {
      Result result = run(file);
      print(result, out);
      results.add(result);
    }
    long cases = results.stream().mapToLong(each -> each.cases().size()).sum();
    long failed = results.stream().mapToLong(Result::failed).sum();
    out.printf("%d cases, %d failed%n", cases, failed);
    out.flush();
    writeReport(results);
    return failed == 0 ? 0 : 1;
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Path path : given) {
      if (Files.isDirectory(path)) {
        files.addAll(in(path));
      } else if (Files.isRegularFile(path)) {
        files.add(path);
      } else {
        throw new WrongInput("%s: no such file or folder".formatted(path));
      }
    }
    return files;
  }

  private static List<Path> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
      if (found.isEmpty()) {
        throw new WrongInput("%s: no file in it ends in %s".formatted(folder, ENDING));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("folder %s cannot be read".formatted(folder), e);
    }
  }

  private static Result run(Path file) {
    try {
      Problems problems = new Problems();
      CaseFile cases = CaseFile.read(file, problems);
      problems.throwIfAny();
      RuleBook rules = RuleBook.load(cases.rules());
      return new Result(
          file, cases.cases().stream().map(each -> run(each, rules)).toList(), List.of());
    } catch (InvalidRules wrong) {
      return new Result(file, List.of(), wrong.problems().stream().map(Object::toString).toList());
    } catch (UncheckedIOException e) {
      throw new WrongInput(String.valueOf(e.getMessage()));
    }
  }

  private static CaseVerdict run(RuleCase story, RuleBook rules) {
    long begin = System.nanoTime();
    List<Followed> found = CaseRun.run(story, rules);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    return CaseVerdict.of(story, found, millis);
  }

  private static void print(Result result, PrintWriter out) {
    out.println(result.file());
    result.problems().forEach(problem -> out.println("  " + problem));
    for (CaseVerdict each : result.cases()) {
      out.printf("  %-6s  %s (%d ms)%n", each.ok() ? "ok" : "FAILED", each.name(), each.millis());
      if (!each.ok()) {
        each.wrong().forEach(wrong -> out.println("          " + wrong));
        each.found().forEach(found -> out.println("          came: " + found));
        if (each.found().isEmpty()) {
          out.println("          nothing came");
        }
      }
    }
    out.flush();
  }

  private void writeReport(List<Result> results) {
    if (report == null) {
      return;
    }
    List<Map<String, Object>> files = new ArrayList<>();
    for (Result result : results) {
      List<Map<String, Object>> cases = new ArrayList<>();
      for (CaseVerdict each : result.cases()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", each.name());
        one.put("ok", each.ok());
        one.put("wrong", each.wrong());
        one.put("found", each.found());
        one.put("millis", each.millis());
        cases.add(one);
      }
      Map<String, Object> file = new LinkedHashMap<>();
      file.put("file", result.file().toString());
      file.put("problems", result.problems());
      file.put("cases", cases);
      files.add(file);
    }
    try {
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(report.toFile(), Map.of("files", files));
    } catch (IOException e) {
      throw new UncheckedIOException("report %s cannot be written".formatted(report), e);
    }
  }
}
