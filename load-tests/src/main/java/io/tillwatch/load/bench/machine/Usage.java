package io.tillwatch.load.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says in {@code /proc}; zero where there is none. */
public final class Usage {

  /** Of USER_HZ, the unit of the times in {@code /proc}: the same on every Linux. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;
  private static final int IDLE = 4;
  private static final int IO_WAIT = 5;
  private static final int STEAL = 8;

  private Usage() {}

  /** CPU seconds that a process has used, all threads, user and system. */
  public static double cpuSeconds(long pid) {
    String stat = text(Path.of("/proc/" + pid + "/stat"));
    int name = stat.lastIndexOf(')');
    if (name < 0) {
      return 0;
    }
    String[] fields = stat.substring(name + 2).split(" ");
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]))
        / TICKS_PER_SECOND;
  }

  /** CPU seconds that all processes of the machine have used. */
  public static double machineCpuSeconds() {
    String stat = text(Path.of("/proc/stat"));
    if (stat.isEmpty()) {
      return 0;
    }
    String[] fields = stat.lines().findFirst().orElse("").split("\\s+");
    long busy = 0;
    for (int i = 1; i <= STEAL; i++) {
      busy += i == IDLE || i == IO_WAIT ? 0 : Long.parseLong(fields[i]);
    }
    return busy / TICKS_PER_SECOND;
  }

  /** The most memory that a process has held, MiB. */
  public static double peakRssMiB(long pid) {
    return text(Path.of("/proc/" + pid + "/status"))
        .lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024d)
        .findFirst()
        .orElse(0);
  }

  private static String text(Path file) {
    if (!Files.exists(file)) {
      return "";
    }
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException endedJustNow) {
      if (Files.exists(file)) {
        throw new UncheckedIOException(endedJustNow);
      }
      return "";
    }
  }
}
