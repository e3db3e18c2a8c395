package io.tillwatch.standalone.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.registry.ConfiguredSchemas;
import io.tillwatch.schemas.registry.RegistrySchemaIds;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.topology.TopologySettings;
import io.tillwatch.triage.TriageSettings;
import io.tillwatch.triage.gateway.ModelSettings;
import io.tillwatch.triage.gateway.Vendor;
import io.tillwatch.triage.library.Library;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: what the chart writes is what the product reads, key by key. */
class ChartSettingsTest {

  private static final String SECURED =
      """
      kafka:
        bootstrapServers: "a.example:9093, b.example:9093"
        securityProtocol: sasl-ssl
        sasl: {mechanism: SCRAM-SHA-512, existingSecret: kafka-login}
        tls:
          truststore: {existingSecret: kafka-ca}
          keystore: {existingSecret: me, key: me.p12, type: PKCS12, passwordKey: me.password}
        client: {max.request.size: 20000000, client.rack: a}
      schemaRegistry: {url: "https://registry.example/apis", existingSecret: registry}
      deadLetterHashKey: {existingSecret: dead-letters}
      apiToken: {existingSecret: tillwatch-api, key: write}
      topology: {standbyReplicas: 2, config: {cube: {grace: 20s}}}
      """;

  private static final InstantSource CLOCK = () -> Instant.EPOCH;

  @TempDir private Path etc;

  @ParameterizedTest
  @ValueSource(strings = {"topology", "triage"})
  void kafkaIsReachedAsTheValuesSay(String role) throws IOException {
    KafkaConnection kafka = KafkaConnection.from(settings(Chart.with(SECURED), role));

    assertThat(kafka.clientProperties())
        .containsEntry("bootstrap.servers", "a.example:9093, b.example:9093")
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
        .containsEntry("ssl.truststore.location", etc + "/kafka-truststore/ca.crt")
        .containsEntry("ssl.truststore.type", "PEM")
        .containsEntry("ssl.keystore.location", etc + "/kafka-keystore/me.p12")
        .containsEntry("ssl.keystore.password", "secret of kafka-keystore/me.password")
        .containsEntry("max.request.size", "20000000")
        .containsEntry("client.rack", "a");
    assertThat((String) kafka.clientProperties().get("sasl.jaas.config"))
        .contains("username=\"secret of kafka-login/username\"")
        .contains("password=\"secret of kafka-sasl/password\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"topology", "triage"})
  void schemaIdsComeFromTheRegistryTheValuesName(String role) throws IOException {
    assertThat(ConfiguredSchemas.from(settings(Chart.with(SECURED), role), CLOCK).ids())
        .isInstanceOf(RegistrySchemaIds.class);
  }

  @Test
  void topologyKeepsItsStateOnTheVolumeAndTakesWhatTheValuesAdd() throws IOException {
    TopologySettings topology = TopologySettings.from(settings(Chart.with(SECURED), "topology"));

    assertThat(topology.runtime().stateDir()).isEqualTo("/var/lib/tillwatch");
    assertThat(topology.runtime().standbyReplicas()).isEqualTo(2);
    assertThat(topology.cube().grace()).isEqualTo(Duration.ofSeconds(20));
    assertThat(topology.ingest().hashKey().reveal()).isEqualTo("secret of dead-letters/hash-key");
  }

  @Test
  void triageAloneHasTheTokenOfWhoeverMayWrite() throws IOException {
    Manifests manifests = Chart.with(SECURED);

    assertThat(TriageSettings.from(settings(manifests, "triage")).apiToken().reveal())
        .isEqualTo("secret of api-token/write");
    assertThat(volumes(manifests, "triage")).contains("api-token");
    assertThat(volumes(manifests, "topology")).contains("dead-letters").doesNotContain("api-token");
  }

  @Test
  void triageAloneHasTheKeysOfTheModel() throws IOException {
    Manifests manifests =
        Chart.with(
            """
            model: {vendor: anthropic, name: some-model, url: "https://relay.example:8443/v1",
                    existingSecret: tillwatch-model, othersTokenKey: others}
            """);
    ModelSettings model = TriageSettings.from(settings(manifests, "triage")).model();

    assertThat(model.vendor()).contains(Vendor.ANTHROPIC);
    assertThat(model.name()).isEqualTo("some-model");
    assertThat(model.url()).isEqualTo(URI.create("https://relay.example:8443/v1"));
    assertThat(volumes(manifests, "triage")).contains("model");
    assertThat(volumes(manifests, "topology")).doesNotContain("model");
    assertThat(
            manifests
                .one(NetworkPolicy.class, "tw-tillwatch-triage")
                .getSpec()
                .getEgress()
                .getLast()
                .getPorts()
                .getFirst()
                .getPort()
                .getIntVal())
        .isEqualTo(8443);
  }

  @Test
  void noModelIsAskedUnlessAVendorIsNamed() throws IOException {
    Manifests manifests = Chart.with("model: {existingSecret: tillwatch-model}");
    assertThat(TriageSettings.from(settings(manifests, "triage")).model().vendor()).isEmpty();
    assertThat(volumes(manifests, "triage")).doesNotContain("model");
  }

  @Test
  void withoutATokenNobodyMayWrite() throws IOException {
    TriageSettings triage = TriageSettings.from(settings(Chart.withDefaults(), "triage"));

    assertThat(triage.apiToken().isSet()).isFalse();
    assertThat(triage.host()).as("no loopback address").isEqualTo("0.0.0.0");
  }

  /** With --reuse-values the values are those of an older chart, which had none of these. */
  @ParameterizedTest
  @ValueSource(
      strings = {"apiToken: null", "model: null", "apiToken: {existingSecret: old, key: null}"})
  void whatValuesOfAnOlderChartLackIsNoError(String values) throws IOException {
    TriageSettings triage = TriageSettings.from(settings(Chart.with(values), "triage"));

    assertThat(triage.apiToken().isSet()).isEqualTo(values.contains("old"));
  }

  private static List<String> volumes(Manifests manifests, String role) {
    return manifests.pods(role).getSpec().getTemplate().getSpec().getVolumes().stream()
        .map(Volume::getName)
        .toList();
  }

  @Test
  void instancesOfTheTopologyReachEachOtherByTheNameOfThePod() {
    var variables =
        new PodFiles(etc, Chart.withDefaults().pods("topology").getSpec().getTemplate().getSpec())
            .environment();
    assertThat(variables)
        .containsEntry(
            Settings.variableOf("topology.advertised-host"),
            "pod-0.tw-tillwatch-topology-pods.payments.svc");
  }

  @Test
  void rulesOfASiteAreReadOverTheShippedOnes() throws IOException {
    String runbook =
        Files.readString(
            Chart.ROOT.resolve(
                "alert-rules/src/main/resources/io/tillwatch/rules/runbooks/psp-outage.md"));
    Manifests manifests = Chart.with("rules:\n  psp-outage.md: |\n" + runbook.indent(4));
    String mounted =
        manifests.one(ConfigMap.class, "tw-tillwatch-rules").getData().get("psp-outage.md");
    Path file = Files.writeString(etc.resolve("psp-outage.md"), mounted);

    assertThat(mounted).isEqualTo(runbook);
    assertThat(RuleBook.load(List.of(file))).isEqualTo(RuleBook.defaults());
    for (String role : List.of("topology", "triage")) {
      assertThat(
              manifests
                  .pods(role)
                  .getSpec()
                  .getTemplate()
                  .getSpec()
                  .getContainers()
                  .getFirst()
                  .getVolumeMounts())
          .as(role)
          .anyMatch(mount -> mount.getMountPath().equals("/etc/tillwatch/rules"));
    }
  }

  @Test
  void documentsOfASiteAreFoundByTriageAlone() throws IOException {
    Manifests manifests =
        Chart.with("documents:\n  insurance.md: |\n    ## Hail\n    A claim needs form B.\n");
    TriageSettings triage = TriageSettings.from(settings(manifests, "triage"));
    Library library = Library.of(RuleBook.defaults()::runbooks, triage.documents());

    assertThat(library.ids("Which form does the insurance claim for hail need?"))
        .first()
        .isEqualTo("policy/insurance#hail");
    assertThat(manifests.pods("topology").toString()).doesNotContain("documents");
  }

  /** Settings as a pod of the role has them, with every Secret filled in. */
  private Settings settings(Manifests manifests, String role) throws IOException {
    PodFiles pod = new PodFiles(etc, manifests.pods(role).getSpec().getTemplate().getSpec());
    return Settings.load(pod.settingsFile(manifests, role), pod.environment(), Map.of());
  }
}
