package io.tillwatch.standalone.rules;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.source.InvalidRules;
import io.tillwatch.standalone.site.WrongInput;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Parameters;

/** The files of a site that are laid over what is shipped. */
final class RuleFiles {

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

  /**
   * The files as they were given.
   *
   * @throws WrongInput when one of them is not there
   */
  List<Path> files() {
    for (Path path : given) {
      if (!Files.exists(path)) {
        throw new WrongInput("%s: no such file or folder".formatted(path));
      }
    }
    return given;
  }
}
