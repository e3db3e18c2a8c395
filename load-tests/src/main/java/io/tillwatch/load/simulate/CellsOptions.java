package io.tillwatch.load.simulate;

import io.tillwatch.load.recording.Harder;
import io.tillwatch.load.recording.Recorder;
import io.tillwatch.load.recording.RecordingSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** What is asked of a labelled recording, in place of traffic into a cluster. */
final class CellsOptions {

  /** Options that a recording has no use for. */
  private static final List<String> ELSEWHERE =
      List.of(
          "--bootstrap-servers",
          "--config",
          "--scenario",
          "--speed",
          "--for",
          "--history",
          "--partitions",
          "--truth");

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = "--cells",
      required = true,
      paramLabel = "DIR",
      description = "Write the recording into this folder, which must be new or empty.")
  private Path folder;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "7",
      description =
          "Days with events; a week has 39 incidents, 13 side events and 23 traps"
              + " (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--warm-up-days",
      paramLabel = "N",
      defaultValue = "7",
      description = "Days before these in which nothing happens (default: ${DEFAULT-VALUE}).")
  private int warmUpDays;

  @Option(
      names = "--harder",
      paramLabel = "KIND",
      split = ",",
      converter = HarderConverter.class,
      description = {
        "Harder than usual; several joined by commas:",
        "lowvolume (a fifth of the traffic), highvolume (ten times), overdispersed (outcomes of a"
            + " minute five times as alike), drifting (rates wander twice as far)."
      })
  private @Nullable List<Harder> harder;

  /** Makes the recording and tells of it. */
  int run(long seed, @Nullable Double rate, CommandSpec spec) {
    refuseOthers(spec);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new ParameterException(
          spec.commandLine(), "--cells: %s is no folder".formatted(folder));
    }
    PrintWriter err = spec.commandLine().getErr();
    try {
      Recorder recorder = new Recorder(settings(seed, rate, spec));
      Recorder.Summary done =
          recorder.write(
              folder,
              (day, all, attempts) -> {
                err.printf(Locale.ROOT, "day %d of %d  %,d attempts%n", day, all, attempts);
                err.flush();
              });
      tell(done, seed, spec.commandLine().getOut());
      return ExitCode.OK;
    } catch (DirectoryNotEmptyException e) {
      throw new ParameterException(
          spec.commandLine(), "--cells: the folder %s is not empty".formatted(folder), e);
    } catch (IOException e) {
      err.println("the recording could not be written: " + e);
      return ExitCode.SOFTWARE;
    }
  }

  private void refuseOthers(CommandSpec spec) {
    for (String option : ELSEWHERE) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(
            spec.commandLine(), "%s is for traffic into Kafka, not for --cells".formatted(option));
      }
    }
  }

  private RecordingSettings settings(long seed, @Nullable Double rate, CommandSpec spec) {
    Set<Harder> kinds = EnumSet.noneOf(Harder.class);
    kinds.addAll(harder == null ? List.of() : harder);
    double attempts = rate == null ? RecordingSettings.ATTEMPTS_PER_MINUTE : rate;
    try {
      return new RecordingSettings(seed, warmUpDays, days, attempts, kinds);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
  }

  private void tell(Recorder.Summary done, long seed, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "Wrote %d days of %d leaves to %s: %,d attempts, %d incidents, %d side events, %d traps;"
            + " seed %d, fingerprint %s.%n",
        warmUpDays + days,
        done.leaves(),
        folder,
        done.attempts(),
        done.incidents(),
        done.sideEvents(),
        done.traps(),
        seed,
        done.fingerprint());
    out.printf("Next: ./tillwatch backtest --cells %s%n", folder);
    out.flush();
  }

  /** Reads the kinds by their labels. */
  static final class HarderConverter implements ITypeConverter<Harder> {
    @Override
    public Harder convert(String text) {
      return Harder.byLabel(text)
          .orElseThrow(() ->
              new TypeConversionException(
                  "'%s' is none of %s"
                      .formatted(
                          text,
                          Arrays.stream(Harder.values())
                              .map(Harder::label)
                              .collect(Collectors.joining(", ")))));
    }
  }
}
