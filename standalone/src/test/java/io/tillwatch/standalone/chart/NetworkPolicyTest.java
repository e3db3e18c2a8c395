package io.tillwatch.standalone.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkPolicyTest {

  private final Manifests defaults = Chart.withDefaults();

  @Test
  void nothingComesInOrGoesOutUnlessOpened() {
    var deny = policy(defaults, "deny").getSpec();
    assertThat(deny.getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
    assertThat(deny.getIngress()).isEmpty();
    assertThat(deny.getEgress()).isEmpty();
    assertThat(defaults.pods("topology").getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(deny.getPodSelector().getMatchLabels());
    assertThat(deny.getPodSelector().getMatchLabels())
        .doesNotContainKey("app.kubernetes.io/component");
  }

  @ParameterizedTest
  @ValueSource(strings = {"topology", "triage"})
  void byDefaultOnlyOurOwnPodsMayAsk(String role) {
    var rules = policy(defaults, role).getSpec().getIngress();
    assertThat(rules).hasSize(1);
    assertThat(rules.getFirst().getFrom())
        .singleElement()
        .satisfies(peer -> {
          assertThat(peer.getPodSelector().getMatchLabels())
              .containsEntry("app.kubernetes.io/instance", Chart.RELEASE);
          assertThat(peer.getNamespaceSelector()).isNull();
        });
    assertThat(rules.getFirst().getPorts())
        .extracting(port -> port.getPort().getIntVal())
        .containsExactly(8080);
  }

  @Test
  void whoElseMayAskIsAValue() {
    Manifests manifests =
        Chart.with(
            """
            networkPolicy:
              from: [{namespaceSelector: {matchLabels: {name: monitoring}}}]
            """);
    assertThat(policy(manifests, "triage").getSpec().getIngress().getFirst().getFrom())
        .extracting(peer -> peer.getNamespaceSelector())
        .filteredOn(Objects::nonNull)
        .extracting(selector -> selector.getMatchLabels())
        .containsExactly(Map.of("name", "monitoring"));
  }

  @Test
  void outGoWhatTheSettingsNameAndNothingElse() {
    assertThat(ports(policy(defaults, "topology").getSpec().getEgress()))
        .containsExactlyInAnyOrder(8080, 53, 53, 9092);
  }

  @Test
  void portsOfKafkaAndRegistryComeFromTheirAddresses() {
    Manifests manifests =
        Chart.with(
            """
            kafka: {bootstrapServers: "a.example:9093, b.example:9093,c.example:19093"}
            schemaRegistry: {url: https://registry.example.com/apis/ccompat/v7}
            """);
    assertThat(ports(policy(manifests, "triage").getSpec().getEgress()))
        .containsExactlyInAnyOrder(8080, 53, 53, 9093, 19093, 443);
  }

  @Test
  void brokersCanBeNarrowedDown() {
    Manifests manifests =
        Chart.with(
            """
            networkPolicy:
              kafka: {ports: [9094], to: [{ipBlock: {cidr: 10.1.0.0/16}}]}
              triageEgress: [{ports: [{port: 443, protocol: TCP}]}]
            """);
    assertThat(ports(policy(manifests, "topology").getSpec().getEgress()))
        .containsExactlyInAnyOrder(8080, 53, 53, 9094);
    assertThat(ports(policy(manifests, "triage").getSpec().getEgress()))
        .containsExactlyInAnyOrder(8080, 53, 53, 9094, 443);
    assertThat(policy(manifests, "topology").getSpec().getEgress())
        .flatExtracting(NetworkPolicyEgressRule::getTo)
        .extracting(peer -> peer.getIpBlock())
        .filteredOn(Objects::nonNull)
        .extracting(block -> block.getCidr())
        .containsExactly("10.1.0.0/16");
  }

  private static NetworkPolicy policy(Manifests manifests, String suffix) {
    return manifests.one(NetworkPolicy.class, "tw-tillwatch-" + suffix);
  }

  private static List<Integer> ports(List<NetworkPolicyEgressRule> rules) {
    return rules.stream()
        .flatMap(rule -> rule.getPorts().stream())
        .map(port -> port.getPort().getIntVal())
        .toList();
  }
}
