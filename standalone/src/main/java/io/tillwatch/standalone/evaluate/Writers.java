package io.tillwatch.standalone.evaluate;

import io.tillwatch.standalone.site.WrongInput;
import io.tillwatch.triage.model.Model;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who writes what people see: the playbooks alone, or a model on top of them. */
final class Writers {

  @Option(
      names = "--model",
      paramLabel = "CONFIG",
      description = "Let the model of this configuration add to what the playbooks say.")
  private @Nullable Path config;

  @Option(
      names = "--recorded",
      paramLabel = "DIR",
      description = {
        "The same with answers that were recorded, without a network: a file <hash>.json of the"
            + " prompt's SHA-256, or <incident>_<episode>_<revision>.json, with text, inputTokens,"
            + " outputTokens, costMicros and latencyMillis."
      })
  private @Nullable Path recorded;

  Author author() {
    if (config != null) {
      throw new WrongInput("--model %s: no client of a vendor is built in".formatted(config));
    }
    return recorded == null ? Author.playbooks() : advised(new RecordedModel(recorded));
  }

  /** Where a model meets the playbooks; whoever joins them returns an author that asks it. */
  private static Author advised(Model model) {
    throw new WrongInput(
        "--recorded: nothing here asks a model (%s), the playbooks write alone"
            .formatted(model.name()));
  }
}
