package io.tillwatch.standalone.incident;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tillwatch incident}: what people do with one incident. */
@Command(
    name = "incident",
    mixinStandardHelpOptions = true,
    description =
        "One incident of a running instance: shows it, or asks for something to be done with it."
            + " Each request goes on record with who and why, and so does a refusal.",
    subcommands = {ShowIncident.class, PostmortemCommand.class})
public final class IncidentCommand implements Runnable {

  @Spec
  // Set by picocli before it calls.
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say what to do: " + String.join(", ", spec.subcommands().keySet()));
  }

  @Command(mixinStandardHelpOptions = true, description = "Somebody takes it.")
  int acknowledge(@Mixin Order order) throws IOException, InterruptedException {
    return order.send("acknowledge", order.body());
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "The loss is stopped, though the cause may remain.")
  int mitigate(@Mixin Order order) throws IOException, InterruptedException {
    return order.send("mitigate", order.body());
  }

  @Command(mixinStandardHelpOptions = true, description = "It is over.")
  int resolve(@Mixin Order order) throws IOException, InterruptedException {
    return order.send("resolve", order.body());
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Confirms class and cause of a resolved one; a later review replaces it.")
  int review(
      @Mixin Order order,
      @Option(
              names = "--class",
              required = true,
              paramLabel = "CLASS",
              description = "What it was, for example psp_outage.")
          String confirmed,
      @Option(names = "--cause", paramLabel = "TEXT", description = "What caused it.")
          @Nullable String cause)
      throws IOException, InterruptedException {
    ObjectNode body = order.body().put("class", confirmed);
    return order.send("review", cause == null ? body : body.put("cause", cause));
  }

  @Command(mixinStandardHelpOptions = true, description = "Writes the reason into its log.")
  int note(@Mixin Order order) throws IOException, InterruptedException {
    return order.send("note", order.body());
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Makes it part of another one that has the same cause.")
  int merge(
      @Mixin Order order,
      @Option(
              names = "--into",
              required = true,
              paramLabel = "ID",
              description = "The incident it becomes part of.")
          String into)
      throws IOException, InterruptedException {
    return order.send("merge", order.body().put("into", into));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Makes bursts that have another cause an incident of their own.")
  int split(
      @Mixin Order order,
      @Option(
              names = "--burst",
              required = true,
              paramLabel = "ID",
              description = "A burst it holds; may be repeated.")
          List<String> bursts)
      throws IOException, InterruptedException {
    ObjectNode body = order.body();
    bursts.forEach(body.putArray("bursts")::add);
    return order.send("split", body);
  }
}
