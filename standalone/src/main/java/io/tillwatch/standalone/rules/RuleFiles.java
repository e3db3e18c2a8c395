package io.tillwatch.standalone.rules;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.source.InvalidRules;
import io.tillwatch.standalone.site.WrongInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Parameters;

/** The files of a site that are laid over what is shipped. */
final class RuleFiles {

  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".md");

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "Rules (.yaml, .yml) and runbooks (.md), or folders of them; without any, what is"
              + " shipped.")
  private List<Path> given = new ArrayList<>();

  /**
   * Reads them over what is shipped, and tells either what they come to or all that is wrong with
   * them.
   *
   * @return the exit code: 0, or 1 when they cannot be used
   * @throws WrongInput when one of them is not there
   */
  int tell(PrintWriter out, Consumer<RuleBook> whenUsable) {
    try {
      whenUsable.accept(RuleBook.load(files()));
      return 0;
    } catch (InvalidRules e) {
      e.problems().forEach(out::println);
      out.printf("%d problems%n", e.problems().size());
      return 1;
    } catch (UncheckedIOException e) {
      throw new WrongInput(String.valueOf(e.getMessage()));
    } finally {
      out.flush();
    }
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
      return files
          .filter(file -> ENDINGS.stream().anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("folder %s cannot be read".formatted(folder), e);
    }
  }
}
