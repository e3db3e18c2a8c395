package io.tillwatch.load.bench.suite;

import io.tillwatch.load.bench.input.Input;
import io.tillwatch.load.bench.input.InputWriter;
import io.tillwatch.load.bench.input.MarketSize;
import io.tillwatch.load.bench.machine.Child;
import io.tillwatch.load.bench.machine.Jvm;
import io.tillwatch.load.bench.product.Cluster;
import io.tillwatch.load.bench.product.Topology;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A broker of its own with all topics, in a folder that is gone afterwards. */
final class Course implements AutoCloseable {

  private static final Duration STOP_MAX = Duration.ofSeconds(60);

  private final Path folder;
  private final Child broker;
  private final Cluster cluster;
  private final MarketSize size;
  private final PrintWriter out;

  /** Starts a broker. */
  Course(Options options, PrintWriter out) throws IOException {
    this.out = out;
    this.size = options.size();
    this.folder = Files.createTempDirectory(options.parent(), "bench-");
    List<String> arguments = List.of("broker", "--data", folder.resolve("broker").toString());
    this.broker = Child.start("broker", folder, Jvm.command(Topology.MAIN, arguments));
    String ready = broker.awaitLine("READY ");
    this.cluster = new Cluster(ready.substring("READY ".length()), options.partitions());
  }

  /** Its files. */
  Path folder() {
    return folder;
  }

  /** Its broker, from outside. */
  Cluster cluster() {
    return cluster;
  }

  /** Process of its broker. */
  long brokerPid() {
    return broker.pid();
  }

  /** Writes the BIN table and the input. */
  Input write(InputWriter.Plan plan) {
    try (InputWriter writer = new InputWriter(cluster.bootstrapServers(), cluster.topics(), size)) {
      writer.writeBinRanges();
      Input input = writer.write(plan, done -> say("%s: %,d events ...%n", plan.topic(), done));
      say("%s: %,d events, %,d cells%n", plan.topic(), input.events(), input.recount().size());
      return input;
    }
  }

  /** Says something to people. */
  void say(String format, Object... values) {
    out.print(String.format(Locale.ROOT, format, values));
    out.flush();
  }

  @Override
  public void close() throws InterruptedException, IOException {
    cluster.close();
    broker.stop(STOP_MAX);
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(Course::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
