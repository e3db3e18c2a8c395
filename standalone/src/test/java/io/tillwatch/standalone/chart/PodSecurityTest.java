package io.tillwatch.standalone.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: what Kubernetes calls "restricted", and more, without anybody having to ask for it. */
class PodSecurityTest {

  private final Manifests defaults = Chart.withDefaults();

  @ParameterizedTest
  @ValueSource(strings = {"topology", "triage"})
  void podsMeetTheRestrictedStandard(String role) {
    PodSpec pod = pod(role);
    var security = pod.getSecurityContext();

    assertThat(security.getRunAsNonRoot()).isTrue();
    assertThat(security.getRunAsUser()).isEqualTo(10001);
    assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getHostNetwork()).isNull();
    assertThat(pod.getHostPID()).isNull();
    assertThat(pod.getHostIPC()).isNull();
    assertThat(pod.getVolumes()).allSatisfy(volume -> assertThat(volume.getHostPath()).isNull());
    assertThat(container(role).getSecurityContext())
        .satisfies(context -> {
          assertThat(context.getAllowPrivilegeEscalation()).isFalse();
          assertThat(context.getPrivileged()).isNull();
          assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
          assertThat(context.getCapabilities().getAdd()).isEmpty();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"topology", "triage"})
  void onlyStateAndTemporaryFilesCanBeWritten(String role) {
    assertThat(container(role).getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container(role).getVolumeMounts())
        .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
        .extracting(mount -> mount.getMountPath())
        .containsExactlyInAnyOrder("/var/lib/tillwatch", "/tmp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"topology", "triage"})
  void podsGetNoTokenOfTheKubernetesApi(String role) {
    assertThat(pod(role).getAutomountServiceAccountToken()).isFalse();
    assertThat(
            defaults
                .one(ServiceAccount.class, pod(role).getServiceAccountName())
                .getAutomountServiceAccountToken())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"topology", "triage"})
  void secretsAreMountedForOurGroupOnlyAndNeverStandInTheManifest(String role) {
    Manifests manifests =
        Chart.with(
            """
            kafka:
              securityProtocol: sasl-ssl
              sasl: {mechanism: SCRAM-SHA-512, existingSecret: kafka-login}
              tls: {truststore: {existingSecret: kafka-ca}}
            """);
    PodSpec pod = manifests.pods(role).getSpec().getTemplate().getSpec();
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .extracting(volume -> volume.getSecret().getSecretName())
        .containsExactlyInAnyOrder("kafka-login", "kafka-ca");
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .allSatisfy(volume -> assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0440));
  }

  @ParameterizedTest
  @ValueSource(strings = {"topology", "triage"})
  void probesAskOurHealthAndThoseThatKillDoNotAskForReadiness(String role) {
    Container container = container(role);
    for (Probe killing : List.of(container.getLivenessProbe(), container.getStartupProbe())) {
      assertThat(killing.getHttpGet().getPath()).isEqualTo("/health/liveness");
    }
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/health/readiness");
    assertThat(container.getPorts()).filteredOn(port -> port.getName().equals("http")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"topology", "triage"})
  void memoryIsBoundedAndHalfOfItLeftToRocks(String role) {
    var resources = container(role).getResources();
    assertThat(resources.getLimits().get("memory"))
        .isEqualTo(resources.getRequests().get("memory"));
    assertThat(resources.getLimits()).doesNotContainKey("cpu");
    assertThat(container(role).getEnv())
        .filteredOn(variable -> variable.getName().equals("JDK_JAVA_OPTIONS"))
        .extracting(variable -> variable.getValue())
        .singleElement()
        .asString()
        .containsPattern("-XX:MaxRAMPercentage=[56]0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"topology", "triage"})
  void thereIsTimeForACleanClose(String role) {
    assertThat(pod(role).getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(120);
  }

  /** {@code TW_TILLWATCH_TOPOLOGY_PORT=tcp://...} is nothing that settings should find. */
  @ParameterizedTest
  @ValueSource(strings = {"topology", "triage"})
  void servicesOfTheNamespaceAreNotInTheEnvironment(String role) {
    assertThat(pod(role).getEnableServiceLinks()).isFalse();
  }

  private PodSpec pod(String role) {
    return defaults.pods(role).getSpec().getTemplate().getSpec();
  }

  private Container container(String role) {
    return pod(role).getContainers().getFirst();
  }
}
