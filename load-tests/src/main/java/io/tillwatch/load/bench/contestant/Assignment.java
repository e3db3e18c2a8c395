package io.tillwatch.load.bench.contestant;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a contestant has to do.
 *
 * @param bootstrapServers the broker
 * @param topic framed authorisation events by payment id; event time never goes back in a partition
 * @param partitions of the topic
 * @param events on the topic, the markers at the end of each partition included
 * @param threads that read and count
 * @param result where its cells go, as {@link io.tillwatch.load.bench.recount.ResultFile}
 * @param scratch an empty folder of its own
 */
public record Assignment(
    String bootstrapServers,
    String topic,
    int partitions,
    long events,
    int threads,
    Path result,
    Path scratch) {

  /** As arguments of a process. */
  public List<String> toArguments() {
    return List.of(
        "bootstrap-servers=" + bootstrapServers,
        "topic=" + topic,
        "partitions=" + partitions,
        "events=" + events,
        "threads=" + threads,
        "result=" + result,
        "scratch=" + scratch);
  }

  /** From the arguments of a process. */
  public static Assignment parse(String[] arguments) {
    Map<String, String> values = new HashMap<>();
    for (String argument : arguments) {
      int at = argument.indexOf('=');
      values.put(argument.substring(0, Math.max(0, at)), argument.substring(at + 1));
    }
    return new Assignment(
        value(values, "bootstrap-servers"),
        value(values, "topic"),
        Integer.parseInt(value(values, "partitions")),
        Long.parseLong(value(values, "events")),
        Integer.parseInt(value(values, "threads")),
        Path.of(value(values, "result")),
        Path.of(value(values, "scratch")));
  }

  private static String value(Map<String, String> values, String key) {
    return Objects.requireNonNull(values.get(key), () -> "no argument " + key + "=…");
  }
}
