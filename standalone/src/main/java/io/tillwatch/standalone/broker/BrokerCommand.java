package io.tillwatch.standalone.broker;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tillwatch broker}: the embedded broker as a process of its own, for the bench. */
@Command(
    name = "broker",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = {
      "Runs one Kafka broker on the loopback interface until it is stopped; for tests of speed, not"
          + " for operation. Says READY and its address when clients can connect."
    })
public final class BrokerCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder that keeps its log.")
  private Path data = Path.of("");

  @Option(names = "--port", description = "Port to listen on; 0 takes a free one (default: 0).")
  private int port;

  @Override
  public Integer call() throws InterruptedException {
    EmbeddedBroker broker = EmbeddedBroker.start(data, port);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  broker.close();
                  stopped.countDown();
                },
                "stop"));
    PrintWriter out = spec.commandLine().getOut();
    out.println("READY " + broker.bootstrapServers());
    out.flush();
    stopped.await();
    return ExitCode.OK;
  }
}
