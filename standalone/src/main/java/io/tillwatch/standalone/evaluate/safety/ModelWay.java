package io.tillwatch.standalone.evaluate.safety;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.schemas.model.ModelCall;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.gateway.MemoryModelCalls;
import io.tillwatch.triage.gateway.ModelSettings;
import io.tillwatch.triage.gateway.PromptGateway;
import io.tillwatch.triage.gateway.policy.PromptPolicy;
import io.tillwatch.triage.model.Model;
import io.tillwatch.triage.model.langchain.Models;
import io.tillwatch.triage.outside.OutsideSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The way of production to a stub: adapter, gateway and HTTP, with a record of calls of its own.
 */
final class ModelWay implements AutoCloseable {

  /** No key of anybody's; long enough to be found where it should not be. */
  private static final String KEY = "sk-stub-0123456789abcdefghijklmnop";

  /** Its version goes on record; what it lets out is the adviser's. */
  private static final PromptPolicy POLICY = PromptPolicy.shipped();

  private final ModelStub stub;
  private final MemoryModelCalls calls = new MemoryModelCalls();
  private final PromptGateway gateway;

  ModelWay(Dialect dialect, List<Said> script, Duration deadline) {
    this.stub = new ModelStub(dialect, script);
    this.gateway =
        PromptGateway.open(
                new PromptGateway.Outset(
                    settings(dialect, deadline),
                    POLICY,
                    Staged.TENANT,
                    calls,
                    InstantSource.system()),
                new SimpleMeterRegistry())
            .orElseThrow();
  }

  private ModelSettings settings(Dialect dialect, Duration deadline) {
    Settings settings =
        Settings.load(
            null,
            Map.of(),
            Map.of(
                "triage.model.vendor",
                dialect.name().toLowerCase(Locale.ROOT),
                "triage.model.name",
                "stub",
                "triage.model.url",
                stub.url().toString(),
                "triage.model.api-key",
                KEY,
                "triage.model.deadline",
                deadline.toMillis() + "ms"));
    ModelSettings read = ModelSettings.from(settings, OutsideSettings.from(settings));
    settings.verify();
    return read;
  }

  Model model() {
    return Models.through(Optional.of(gateway));
  }

  ModelStub stub() {
    return stub;
  }

  /** What is on record, oldest first. */
  List<ModelCall> calls() {
    return calls.rows();
  }

  @Override
  public void close() {
    gateway.close();
    stub.close();
  }
}
