package io.tillwatch.standalone.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One protocol of the suite: what is broken, and what must hold all the same. */
interface Protocol {

  /** Its short name, for example R9. */
  String id();

  /** What it shows, in a line. */
  String title();

  /** Runs it. */
  Outcome run(Stage stage) throws Exception;

  /**
   * What a protocol is run with.
   *
   * @param folder of its own, gone afterwards
   * @param progress takes a line now and then
   */
  record Stage(long seed, Scale scale, Path folder, Consumer<String> progress) {}

  /**
   * What came of it.
   *
   * @param figures by name, in the order they are shown
   * @param violations what did not hold; none when it passed
   */
  record Outcome(String id, String title, Map<String, Object> figures, List<String> violations) {
    boolean passed() {
      return violations.isEmpty();
    }
  }
}
