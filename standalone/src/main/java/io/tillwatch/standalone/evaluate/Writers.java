package io.tillwatch.standalone.evaluate;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.source.InvalidRules;
import io.tillwatch.schemas.settings.InvalidSettings;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.standalone.site.WrongInput;
import io.tillwatch.triage.gateway.MemoryModelCalls;
import io.tillwatch.triage.gateway.ModelSettings;
import io.tillwatch.triage.gateway.PromptGateway;
import io.tillwatch.triage.gateway.policy.PromptPolicy;
import io.tillwatch.triage.model.Model;
import io.tillwatch.triage.model.langchain.Models;
import io.tillwatch.triage.outside.OutsideSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Who writes what people see: the playbooks alone, or a model on top of them. */
final class Writers {

  private static final String TENANT = "evaluation";

  /** Of made up incidents: the same incident is to be the same prompt, wherever it is asked. */
  static final Secret KEY = Secret.of("golden");

  @ArgGroup private Of of = new Of();

  @Option(
      names = "--record",
      paramLabel = "DIR",
      description = "With --model: keep its answers for --recorded.")
  private @Nullable Path record;

  /** Whose answers. */
  static final class Of {
    @Option(
        names = "--model",
        paramLabel = "CONFIG",
        description =
            "Let a model add to what the playbooks say: YAML with the keys of triage.model, as the"
                + " triage role takes them, or the environment's.")
    private @Nullable Path config;

    @Option(
        names = "--recorded",
        paramLabel = "DIR",
        description = {
          "The same with answers that were recorded, without a network: a file <hash>.json of the"
              + " prompt's SHA-256, or <incident>_<episode>_<revision>.json, with text,"
              + " inputTokens, outputTokens, costMicros and latencyMillis."
        })
    private @Nullable Path recorded;
  }

  /**
   * Who writes.
   *
   * @throws WrongInput when a model is asked for that cannot be asked
   */
  Author author(RuleBook rules) {
    if (of.config != null) {
      return configured(of.config, rules);
    }
    if (record != null) {
      throw new WrongInput("--record: nothing is recorded without --model");
    }
    return of.recorded == null ? Author.playbooks() : recorded(of.recorded, rules);
  }

  private static Author recorded(Path folder, RuleBook rules) {
    if (!Files.isDirectory(folder)) {
      throw new WrongInput("--recorded: '%s' is no folder".formatted(folder));
    }
    return new AdvisedAuthor(new RecordedModel(folder), PromptPolicy.shipped(KEY), rules);
  }

  private Author configured(Path config, RuleBook rules) {
    ModelSettings settings = settings(config);
    PromptPolicy policy = policy(settings);
    Optional<PromptGateway> gateway =
        PromptGateway.open(
            new PromptGateway.Outset(
                settings, policy, TENANT, new MemoryModelCalls(), InstantSource.system()),
            new SimpleMeterRegistry());
    if (gateway.isEmpty()) {
      throw new WrongInput("--model %s: triage.model.vendor is none".formatted(config));
    }
    Model model = Models.through(gateway);
    return new AdvisedAuthor(
        record == null ? model : new RecordingModel(model, record), policy, rules);
  }

  private static ModelSettings settings(Path config) {
    Settings settings = Settings.load(config, System.getenv(), Map.of());
    ModelSettings model = ModelSettings.from(settings, OutsideSettings.from(settings));
    try {
      settings.verify();
    } catch (InvalidSettings wrong) {
      throw new WrongInput("--model: " + first(wrong));
    }
    return model;
  }

  private static String first(InvalidSettings wrong) {
    return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
  }

  private static PromptPolicy policy(ModelSettings settings) {
    try {
      return PromptPolicy.of(settings.policy(), KEY);
    } catch (InvalidRules | IllegalStateException wrong) {
      throw new WrongInput("--model: " + wrong.getMessage());
    }
  }
}
