package io.tillwatch.load.bench.machine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of another JVM like this one: the same Java, class path and flags. So all
 * contestants run with what {@code ./tillwatch} gives the product.
 */
public final class Jvm {

  private static final int MEMORY_PARTS = 6;
  private static final int MIB = 1 << 20;

  private Jvm() {}

  /**
   * Flags for a heap of a sixth of the machine's memory, all of it touched before main begins.
   *
   * <p>A heap that grows is paid for while it grows: some hosts hand memory out page by page and
   * take what is idle back, for seconds of CPU per GiB. Whoever does little else pays most.
   */
  public static List<String> touchedHeap() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long heap = system.getTotalMemorySize() / MEMORY_PARTS / MIB;
    return List.of("-Xms%dm".formatted(heap), "-Xmx%dm".formatted(heap), "-XX:+AlwaysPreTouch");
  }

  /** A command that runs a main class of this program. */
  public static List<String> command(String mainClass, List<String> arguments) {
    return command(System.getProperty("java.class.path"), List.of(), mainClass, arguments);
  }

  /**
   * A command that runs a main class of that class path.
   *
   * @param flags further ones for the JVM
   */
  public static List<String> command(
      String classPath, List<String> flags, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(arguments);
    return command;
  }

  /**
   * The flags of this JVM but for what watches it, what sizes its heap, and what {@code tillwatch
   * train} wrote: that fits one of them only, and would be another's handicap.
   */
  static List<String> flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("-X") || flag.startsWith("--"))
        .filter(flag -> !flag.startsWith("-Xmx") && !flag.startsWith("-Xms"))
        .filter(flag -> !flag.startsWith("-XX:AOTCache"))
        .toList();
  }
}
