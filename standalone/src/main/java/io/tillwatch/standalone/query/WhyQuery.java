package io.tillwatch.standalone.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.standalone.text.Table;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code query why}: why a slice did or did not fire in a minute. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description = "Why a slice did or did not fire: counts, baseline, statistic, threshold, gate.",
    footer = {
      "",
      "Examples:",
      "  tillwatch query why psp=northpay region=eu-west",
      "  tillwatch query why --kind capture psp=northpay --at -20m",
      "  tillwatch query why --kpi reason_mix --reason do_not_honor psp=northpay"
    })
final class WhyQuery implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Question question;

  @Parameters(
      arity = "0..*",
      paramLabel = "DIMENSION=VALUE",
      description =
          "The slice: psp, binRange, region, method, scheme, issuerCountry, merchantAccount,"
              + " connectorVersion, threeDs. What is not named is rolled up.")
  private Map<String, String> slice = new LinkedHashMap<>();

  @Option(
      names = "--kind",
      defaultValue = "auth",
      description = "auth, capture, refund or webhook (default: ${DEFAULT-VALUE}).")
  private String kind = "";

  @Option(
      names = "--kpi",
      description =
          "What of it: latency (auth, capture), webhook_lag, refund_sla, reason_mix (auth)"
              + " (default: its failures).")
  private @Nullable String kpi;

  @Option(
      names = "--reason",
      description = "With --kpi reason_mix: whose share, for example do_not_honor.")
  private @Nullable String reason;

  @Option(
      names = "--at",
      description =
          "A time within the minute, of the last three hours: ISO-8601, epoch milliseconds or"
              + " relative to now, as -15m (default: the last closed minute).")
  private @Nullable String at;

  @Override
  public Integer call() {
    Map<String, String> parameters = new LinkedHashMap<>(slice);
    parameters.put("kind", kind);
    put(parameters, "kpi", kpi);
    put(parameters, "reason", reason);
    put(parameters, "at", at);
    PrintWriter out = spec.commandLine().getOut();
    return question.ask(
        "api/v1/why", parameters, out, spec.commandLine().getErr(), answer -> print(answer, out));
  }

  private static void put(Map<String, String> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }

  /** Column headings of what is counted: all, those that matter, and the share of the others. */
  private static Table table(String kpi) {
    return switch (kpi) {
      case "latency", "webhook_lag" ->
          new Table("SPAN", "MEASURED", "SLOW", "EXPECTED", "IN TIME", "BASELINE");
      case "refund_sla" ->
          new Table("SPAN", "COMPLETED", "LATE", "EXPECTED", "IN TIME", "PROMISED");
      case "reason_mix" -> new Table("SPAN", "REASONS", "OF IT", "EXPECTED", "OTHERS", "BASELINE");
      default -> new Table("SPAN", "ATTEMPTS", "FAILED", "EXPECTED", "SUCCESS", "BASELINE");
    };
  }

  private static void print(JsonNode answer, PrintWriter out) {
    out.println(Words.text(answer.path("sentence")));
    Table table = table(answer.path("kpi").asText());
    row(table, "minute", answer.path("minute"));
    JsonNode window = answer.path("window");
    if (window.path("attempts").asLong() > 0) {
      row(table, "worst " + Words.count(window.path("minutes")) + " min", window);
    }
    table.print(out);
    if (answer.path("statistic").isNumber()) {
      out.println(
          "statistic %s of %s, gate %s of 1.00, drift %s logit, over-dispersion %s"
              .formatted(
                  Words.decimal(answer.path("statistic")),
                  Words.decimal(answer.path("threshold")),
                  hundredths(answer.path("gate")),
                  hundredths(answer.path("drift")),
                  thousandths(answer.path("overDispersion"))));
    }
    int missing = answer.path("failuresMissing").asInt();
    if (missing > 0) {
      out.println("nobody is told with less than %,d more of them".formatted(missing));
    }
    out.println(
        "minute of %s%s; baselines of now"
            .formatted(
                Words.text(answer.path("at")),
                answer.path("recomputed").asBoolean() ? ", recomputed" : ""));
  }

  private static void row(Table table, String span, JsonNode counted) {
    table.row(
        span,
        Words.count(counted.path("attempts")),
        Words.count(counted.path("failures")),
        Words.decimal(counted.path("failuresExpected")),
        Words.percent(counted.path("observed")),
        Words.percent(counted.path("expected")));
  }

  private static String hundredths(JsonNode number) {
    return String.format(Locale.ROOT, "%.2f", number.asDouble());
  }

  private static String thousandths(JsonNode number) {
    return String.format(Locale.ROOT, "%.3f", number.asDouble());
  }
}
