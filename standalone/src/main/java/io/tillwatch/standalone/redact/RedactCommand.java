package io.tillwatch.standalone.redact;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.standalone.site.ReportFile;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tillwatch redact}: the redactor over standard input. */
@Command(
    name = "redact",
    mixinStandardHelpOptions = true,
    description = {
      "Reads lines of text from standard input and writes them without card data, personal data"
          + " and secrets; a label such as [PAN] stands where something was.",
      "When the first line is a JSON object with \"id\" and \"text\", so is every line, in and out."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all lines were redacted",
      "1:the output could not be written",
      "2:wrong usage or input"
    })
public final class RedactCommand implements Callable<Integer> {

  private static final int BUFFER = 1 << 16;

  @Option(
      names = "--explain",
      description = "Write what was found where and why, in place of the text.")
  private boolean explain;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write counts by type, lines, bytes, speed and the policy's version as JSON.")
  private @Nullable Path report;

  @Override
  public Integer call() throws IOException {
    ReportFile.check(report);
    Tally tally = new Tally();
    long begin = System.nanoTime();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), BUFFER);
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8),
            BUFFER)) {
      new RedactedStream(tally, explain).copy(in, out);
    }
    if (report != null) {
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(report.toFile(), tally.report(System.nanoTime() - begin));
    }
    return 0;
  }
}
