package io.tillwatch.standalone.evaluate;

import io.tillwatch.standalone.site.WrongInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Where cases are kept: a folder with a file for each, or the golden set that is shipped. */
final class CaseFiles {

  /** What playbooks and confidence were weighed on. */
  static final long DEV_SEED = 101;

  /** What nobody looked at. */
  static final long TEST_SEED = 102;

  private static final String EXTENSION = ".json";
  private static final String GOLDEN = "golden.jsonl.gz";

  /** A folder of more is a mistake. */
  private static final int CASES_MAX = 100_000;

  private CaseFiles() {}

  /** Writes each case to a file of its id. */
  static void write(Path folder, List<GoldenCase> cases) throws IOException {
    Files.createDirectories(folder);
    for (GoldenCase each : cases) {
      Files.writeString(folder.resolve(each.id() + EXTENSION), CaseJson.write(each) + "\n");
    }
  }

  /**
   * The cases of a folder, by name.
   *
   * @throws WrongInput with the file that is none
   */
  static List<GoldenCase> read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new WrongInput("--cases: '%s' is no folder".formatted(folder));
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<GoldenCase> cases =
          files
              .filter(file -> file.getFileName().toString().endsWith(EXTENSION))
              .sorted()
              .limit(CASES_MAX)
              .map(CaseFiles::readOne)
              .toList();
      if (cases.isEmpty()) {
        throw new WrongInput("--cases: no *.json in '%s'".formatted(folder));
      }
      return cases;
    }
  }

  private static GoldenCase readOne(Path file) {
    try {
      return CaseJson.read(Files.readString(file));
    } catch (IOException e) {
      throw new WrongInput("--cases: '%s' cannot be read".formatted(file));
    } catch (IllegalArgumentException e) {
      throw new WrongInput("%s: %s".formatted(file, e.getMessage()));
    }
  }

  /** The golden set: one case a line, compressed. */
  static List<GoldenCase> golden() {
    try (InputStream in = CaseFiles.class.getResourceAsStream(GOLDEN)) {
      if (in == null) {
        throw new IllegalStateException("no " + GOLDEN + " beside " + CaseFiles.class);
      }
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
        return lines.lines().map(CaseJson::read).toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
