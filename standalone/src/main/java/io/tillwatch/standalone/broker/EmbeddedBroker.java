package io.tillwatch.standalone.broker;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A single-node KRaft broker in this JVM, listening on the loopback interface only.
 *
 * <p>The folder is formatted on first use and found again on the next start: topics, offsets and
 * transactions survive. One process at a time may use a folder; a second one is refused with a
 * sentence that says so. Internal topics have one replica, and transactions run at version 2, as
 * exactly-once processing here requires. Not thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final int NODE_ID = 1;
  private static final String HOST = "127.0.0.1";
  private static final int PORT_ATTEMPTS = 20;

  private final KafkaRaftServer server;
  private final FileChannel lockFile;
  private final int port;

  private EmbeddedBroker(KafkaRaftServer server, FileChannel lockFile, int port) {
    this.server = server;
    this.lockFile = lockFile;
    this.port = port;
  }

  /**
   * Starts a broker on any free port.
   *
   * @param folder where it keeps its log; created when missing
   * @throws FolderInUse when another process runs on the folder
   */
  public static EmbeddedBroker start(Path folder) {
    return start(folder, 0);
  }

  /**
   * Starts a broker.
   *
   * @param folder where it keeps its log; created when missing
   * @param port the port to listen on; 0 takes a free one
   * @throws FolderInUse when another process runs on the folder
   */
  public static EmbeddedBroker start(Path folder, int port) {
    FileChannel lock = lock(folder);
    try {
      int clientPort = port == 0 ? freePort() : port;
      Properties settings = settings(folder.resolve("log"), clientPort, freePort());
      format(folder.resolve("log"));
      KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
      server.startup();
      return new EmbeddedBroker(server, lock, clientPort);
    } catch (RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  /** Where clients connect, for example {@code 127.0.0.1:41231}. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  /** Flushes and closes the log and gives the folder free. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    release(lockFile);
  }

  private static Properties settings(Path log, int clientPort, int controllerPort) {
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", Integer.toString(NODE_ID));
    p.setProperty("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty(
        "listeners",
        "CLIENT://%s:%d,CONTROLLER://%s:%d".formatted(HOST, clientPort, HOST, controllerPort));
    p.setProperty("advertised.listeners", "CLIENT://%s:%d".formatted(HOST, clientPort));
    p.setProperty("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.setProperty("inter.broker.listener.name", "CLIENT");
    p.setProperty("log.dirs", log.toString());
    p.setProperty("auto.create.topics.enable", "false");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    // Its clients are on this machine: one that is killed may be missed as soon as it asks to be.
    p.setProperty("group.min.session.timeout.ms", "1000");
    for (String topic :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      p.setProperty(topic + ".replication.factor", "1");
    }
    p.setProperty("offsets.topic.num.partitions", "1");
    p.setProperty("transaction.state.log.num.partitions", "1");
    p.setProperty("share.coordinator.state.topic.num.partitions", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
    // Two cores serve broker, topology and triage: the defaults are made for a machine of its own.
    p.setProperty("num.network.threads", "2");
    p.setProperty("num.io.threads", "2");
    p.setProperty("log.cleaner.threads", "1");
    p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    p.setProperty("num.recovery.threads.per.data.dir", "2");
    // Kafka trims event-time records by the same retention as live ones; the topics say how long.
    p.setProperty("log.message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE));
    return p;
  }

  private static void format(Path log) {
    if (Files.exists(log.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(log);
      Formatter formatter =
          new Formatter()
              .setClusterId(Uuid.randomUuid().toString())
              .setNodeId(NODE_ID)
              .setControllerListenerName("CONTROLLER")
              .setReleaseVersion(MetadataVersion.latestProduction())
              .setPrintStream(
                  new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8))
              .addDirectory(log.toString());
      formatter.setMetadataLogDirectory(log.toString());
      formatter.run();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to the data folder " + log, e);
    } catch (Exception e) {
      throw new IllegalStateException("cannot format the data folder " + log, e);
    }
  }

  private static FileChannel lock(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw new FolderInUse(folder);
      }
      return channel;
    } catch (java.nio.channels.OverlappingFileLockException e) {
      throw new FolderInUse(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to the data folder " + folder, e);
    }
  }

  private static void release(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A port that was free a moment ago, below the range that outgoing connections take theirs from.
   */
  private static int freePort() {
    for (int i = 0; i < PORT_ATTEMPTS; i++) {
      int candidate = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket(candidate, 1, InetAddress.getByName(HOST))) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        continue;
      }
    }
    throw new IllegalStateException("no free port found on " + HOST);
  }

  /** Another process runs on this data folder. */
  public static final class FolderInUse extends RuntimeException {
    FolderInUse(Path folder) {
      super(
          "the data folder "
              + folder
              + " is in use by another process; stop it or give another --data");
    }
  }
}
