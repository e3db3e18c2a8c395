package io.tillwatch.standalone.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class ChartTest {

  private static final String SHIPPED_ALERTS =
      "alert-rules/src/main/resources/io/tillwatch/rules/prometheus/tillwatch.rules.yml";

  private final Manifests defaults = Chart.withDefaults();

  @Test
  void lintFindsNothing() {
    var result = Chart.lint();
    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @Test
  void defaultsInstallBothRolesAndNothingThatNeedsAnOperator() {
    assertThat(defaults.names())
        .filteredOn(name -> !name.contains("-dashboard-"))
        .containsExactly(
            "ConfigMap tw-tillwatch-topology",
            "ConfigMap tw-tillwatch-triage",
            "NetworkPolicy tw-tillwatch-deny",
            "NetworkPolicy tw-tillwatch-topology",
            "NetworkPolicy tw-tillwatch-triage",
            "PodDisruptionBudget tw-tillwatch-topology",
            "PodDisruptionBudget tw-tillwatch-triage",
            "Service tw-tillwatch-topology",
            "Service tw-tillwatch-topology-pods",
            "Service tw-tillwatch-triage",
            "Service tw-tillwatch-triage-pods",
            "ServiceAccount tw-tillwatch",
            "StatefulSet tw-tillwatch-topology",
            "StatefulSet tw-tillwatch-triage");
  }

  @Test
  void everythingSaysItsNamespaceAndWhoInstalledIt() {
    assertThat(defaults.all())
        .allSatisfy(manifest -> {
          assertThat(manifest.getMetadata().getNamespace()).isEqualTo(Chart.NAMESPACE);
          assertThat(manifest.getMetadata().getLabels())
              .containsEntry("app.kubernetes.io/name", "tillwatch")
              .containsEntry("app.kubernetes.io/instance", Chart.RELEASE)
              .containsEntry("app.kubernetes.io/managed-by", "Helm");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"topology", "triage"})
  void eachPodHasANameAndAVolumeThatStay(String role) {
    var spec = defaults.pods(role).getSpec();
    Service names = defaults.one(Service.class, spec.getServiceName());

    assertThat(names.getSpec().getClusterIP()).isEqualTo("None");
    assertThat(names.getSpec().getPublishNotReadyAddresses()).isTrue();
    assertThat(spec.getVolumeClaimTemplates())
        .extracting(claim -> claim.getMetadata().getName())
        .containsExactly("state");
    assertThat(spec.getPodManagementPolicy()).isEqualTo("Parallel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"topology", "triage"})
  void selectorsFindThePodsOfTheirRoleAndNoOthers(String role) {
    StatefulSet pods = defaults.pods(role);
    Map<String, String> labels = pods.getSpec().getTemplate().getMetadata().getLabels();
    Map<String, String> selector = pods.getSpec().getSelector().getMatchLabels();

    assertThat(selector).containsEntry("app.kubernetes.io/component", role);
    assertThat(labels).containsAllEntriesOf(selector);
    assertThat(service(role).getSpec().getSelector()).isEqualTo(selector);
    assertThat(
            defaults
                .one(PodDisruptionBudget.class, "tw-tillwatch-" + role)
                .getSpec()
                .getSelector()
                .getMatchLabels())
        .isEqualTo(selector);
  }

  @Test
  void podsOfOneRoleAvoidTheSameNodeButAreNotHeldBackByIt() {
    var affinity = defaults.pods("topology").getSpec().getTemplate().getSpec().getAffinity();
    assertThat(affinity.getPodAntiAffinity().getPreferredDuringSchedulingIgnoredDuringExecution())
        .hasSize(1);
    assertThat(affinity.getPodAntiAffinity().getRequiredDuringSchedulingIgnoredDuringExecution())
        .isEmpty();
  }

  @Test
  void oneRoleCanBeLeftOut() {
    assertThat(Chart.with("triage: {enabled: false}").names())
        .anyMatch(name -> name.contains("topology"))
        .noneMatch(name -> name.contains("triage"));
  }

  @Test
  void digestWinsOverTag() {
    String digest = "sha256:" + "a".repeat(64);
    Manifests manifests =
        Chart.with(
            "image: {repository: r.example/tillwatch, tag: v1, digest: '%s'}".formatted(digest));
    assertThat(
            manifests
                .pods("triage")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage())
        .isEqualTo("r.example/tillwatch@" + digest);
  }

  @Test
  void changedSettingsRestartThePodsAndANewChartVersionDoesNot() {
    var before = defaults.pods("topology").getSpec().getTemplate().getMetadata();
    var after =
        Chart.with("topology: {config: {tenant: acme}}")
            .pods("topology")
            .getSpec()
            .getTemplate()
            .getMetadata();

    assertThat(after.getAnnotations().get("checksum/config"))
        .isNotEqualTo(before.getAnnotations().get("checksum/config"));
    assertThat(before.getLabels()).doesNotContainKeys("helm.sh/chart", "app.kubernetes.io/version");
  }

  @Test
  void ingressGivesThePageAndItsCellsOneOrigin() {
    Manifests manifests =
        Chart.with(
            """
            ingress: {enabled: true, className: nginx, host: till.example.com, tlsSecret: till-tls}
            """);
    var spec = manifests.one(Ingress.class, "tw-tillwatch-triage").getSpec();

    assertThat(spec.getTls().getFirst().getSecretName()).isEqualTo("till-tls");
    assertThat(spec.getRules().getFirst().getHttp().getPaths())
        .extracting(path -> path.getPath() + " " + path.getBackend().getService().getName())
        .containsExactly(
            "/api/v1/cells tw-tillwatch-topology",
            "/api/v1/worst tw-tillwatch-topology",
            "/api/v1/dimensions tw-tillwatch-topology",
            "/api/v1/ingest tw-tillwatch-topology",
            "/ tw-tillwatch-triage");
  }

  @Test
  void monitorScrapesEachPodOnce() {
    Manifests manifests = Chart.with("serviceMonitor: {enabled: true, labels: {release: p}}");
    GenericKubernetesResource monitor = manifests.custom("ServiceMonitor");

    assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "p");
    assertThat((String) monitor.get("spec", "endpoints", 0, "path")).isEqualTo("/prometheus");
    assertThat((String) monitor.get("spec", "selector", "matchExpressions", 0, "key"))
        .isEqualTo("tillwatch.io/scrape");
    assertThat(manifests.all(Service.class))
        .filteredOn(service -> scraped(service))
        .extracting(service -> service.getMetadata().getName())
        .containsExactlyInAnyOrder("tw-tillwatch-topology", "tw-tillwatch-triage");
  }

  @Test
  void alertsOnOurselvesAreTheOnesOfTheRules() throws IOException {
    String ours = Files.readString(Chart.ROOT.resolve(SHIPPED_ALERTS));
    assertThat(Chart.FOLDER.resolve("rules/tillwatch.rules.yml"))
        .as("helm/rules is a copy of alert-rules: copy it again")
        .hasContent(ours);

    Map<String, Object> rule =
        Chart.with("prometheusRule: {enabled: true}")
            .custom("PrometheusRule")
            .getAdditionalProperties();
    assertThat(rule.get("spec")).isEqualTo(new Yaml().load(ours));
  }

  @Test
  void dashboardsAreInstalledAsTheyAre() throws IOException {
    ConfigMap map = defaults.one(ConfigMap.class, "tw-tillwatch-dashboard-tillwatch");
    Path file = Chart.FOLDER.resolve("dashboards/tillwatch.json");

    assertThat(map.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
    assertThat(map.getData()).isEqualTo(Map.of("tillwatch.json", Files.readString(file)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topologyy: {}",
        "topology: {replica: 2}",
        "topology: {replicas: two}",
        "topology: {terminationGracePeriodSeconds: 5}",
        "kafka: {bootstrapServers: ''}",
        "kafka: {bootstrapServers: broker-without-port}",
        "kafka: {securityProtocol: SSL}",
        "image: {digest: latest}",
        "apiToken: {value: a-token-among-the-values}",
        "apiToken: {existingSecret: tillwatch-api, key: ''}",
        "model: {vendor: somebody}",
        "model: {apiKey: a-key-among-the-values}",
        "schemaRegistry: {url: registry:8081}"
      })
  void wrongValuesAreRefusedBeforeAnythingIsInstalled(String values) {
    assertThatThrownBy(() -> Chart.with(values))
        .hasMessageContaining("values don't meet the specifications of the schema");
  }

  @Test
  void fieldsThatKubernetesDoesNotKnowWouldBeFound() {
    assertThatThrownBy(() ->
            Manifests.read(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: x}
                spec: {ports: [{port: 80, targetport: 80}]}
                """))
        .hasMessageContaining("targetport");
  }

  private Service service(String role) {
    return defaults.one(Service.class, "tw-tillwatch-" + role);
  }

  private static boolean scraped(HasMetadata manifest) {
    return "true".equals(manifest.getMetadata().getLabels().get("tillwatch.io/scrape"));
  }
}
