package io.tillwatch.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of rules (YAML) or a runbook (Markdown).
 *
 * @param name as problems show it; one that ends in {@code .md} is a runbook
 * @param text all of it
 */
public record RuleFile(String name, String text) {

  private static final String RUNBOOK_ENDING = ".md";

  /** Files of a folder that are read; others, and folders within it, are left alone. */
  private static final List<String> ENDINGS = List.of(".yaml", ".yml", RUNBOOK_ENDING);

  /** Cases that test rules, and may lie beside them. */
  private static final String CASES = ".test.yaml";

  /** Those of the files that are rules. */
  public static List<RuleFile> withoutRunbooks(List<RuleFile> files) {
    return files.stream().filter(file -> !file.name.endsWith(RUNBOOK_ENDING)).toList();
  }

  /**
   * Reads files, and those of folders in the order of their names.
   *
   * @throws UncheckedIOException when one cannot be read
   */
  public static List<RuleFile> readAll(List<Path> paths) {
    return paths.stream()
        .flatMap(path -> Files.isDirectory(path) ? in(path).stream() : Stream.of(path))
        .map(RuleFile::read)
        .toList();
  }

  private static List<Path> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(
          files
              .filter(file -> ENDINGS.stream().anyMatch(file.toString()::endsWith))
              .filter(file -> !file.toString().endsWith(CASES))
              .filter(Files::isRegularFile)
              .sorted()
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("rule folder %s cannot be read".formatted(folder), e);
    }
  }

  private static RuleFile read(Path path) {
    try {
      return new RuleFile(path.toString(), Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException("rule file " + path + " cannot be read", e);
    }
  }
}
