package io.tillwatch.topology.backtest;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command writes what it found, as JSON. */
final class ReportFile {

  private ReportFile() {}

  /** Writes it, if there is a file to write to; the command's exit code. */
  static int write(@Nullable Path file, Object report, CommandSpec command) {
    if (file == null) {
      return ExitCode.OK;
    }
    try {
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValue(file.toFile(), report);
      return ExitCode.OK;
    } catch (IOException e) {
      command.commandLine().getErr().printf("%s: %s%n", command.name(), e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }
}
