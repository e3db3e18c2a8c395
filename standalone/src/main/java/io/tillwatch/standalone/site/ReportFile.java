package io.tillwatch.standalone.site;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file a report goes to at the end, looked at before the work begins. */
public final class ReportFile {

  private ReportFile() {}

  /**
   * Refuses a place that nothing can be written to.
   *
   * @param file null when no report is wanted
   */
  public static void check(@Nullable Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder) || Files.isDirectory(file)) {
      throw new WrongInput(
          "--report: cannot write %s, expected a file in a folder that is there".formatted(file));
    }
  }
}
