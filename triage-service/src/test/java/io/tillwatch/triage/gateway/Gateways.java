package io.tillwatch.triage.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.gateway.policy.PromptPolicy;
import io.tillwatch.triage.outside.OutsideSettings;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** Gateways to a stub, by the settings a site would write. */
public final class Gateways {

  /** No key of anybody's. */
  public static final String KEY = "sk-test-0123456789abcdefghijklmnop";

  private Gateways() {}

  /** Settings for a stub there; more of them override. */
  public static ModelSettings settings(Vendor vendor, URI stub, Map<String, String> more) {
    Map<String, String> all =
        new TreeMap<>(
            Map.of(
                "triage.model.vendor",
                vendor.label(),
                "triage.model.name",
                "test-model",
                "triage.model.url",
                stub.toString(),
                "triage.model.api-key",
                KEY,
                "triage.model.deadline",
                "20s"));
    all.putAll(more);
    Settings settings = Settings.load(null, Map.of(), all);
    ModelSettings read = ModelSettings.from(settings, OutsideSettings.from(settings));
    settings.verify();
    return read;
  }

  /** A gateway that puts its calls on record there. */
  public static PromptGateway open(ModelSettings settings, ModelCalls calls) {
    return open(settings, calls, new SimpleMeterRegistry());
  }

  static PromptGateway open(ModelSettings settings, ModelCalls calls, MeterRegistry metrics) {
    return PromptGateway.open(
            new PromptGateway.Outset(
                settings, PromptPolicy.shipped(), "default", calls, InstantSource.system()),
            metrics)
        .orElseThrow();
  }
}
