package io.tillwatch.load.bench.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillwatch.load.bench.machine.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * The report of a suite that is no comparison.
 *
 * @param suite its name
 * @param machine it ran on
 * @param commit that was built
 * @param seed of the input
 * @param right whether all cells were the recount's
 * @param figures what was measured, by name with unit
 */
public record SuiteReport(
    String suite,
    Machine machine,
    String commit,
    long seed,
    boolean right,
    Map<String, Object> figures) {

  /** Writes it as JSON. */
  public void write(Path file) throws IOException {
    JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValue(file.toFile(), this);
  }

  /** Prints it, a line per figure. */
  public void print(PrintWriter out) {
    out.println(
        String.format(
            Locale.ROOT,
            "%n%s: %s, %d cores, commit %s, seed %d",
            suite,
            machine.cpu(),
            machine.cores(),
            commit,
            seed));
    figures.forEach((name, value) -> out.println("  " + name + " = " + shown(value)));
    out.println(right ? "  every cell is right" : "  CELLS DIFFER");
    out.flush();
  }

  private static String shown(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.2f", number)
        : String.valueOf(value);
  }
}
