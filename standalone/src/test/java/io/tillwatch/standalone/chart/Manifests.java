package io.tillwatch.standalone.chart;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Rendered manifests as Kubernetes' own types; a field that Kubernetes does not know is an error.
 */
record Manifests(List<HasMetadata> all) {

  private static final Map<String, Class<? extends HasMetadata>> TYPES =
      Map.of(
          "v1/ConfigMap", ConfigMap.class,
          "v1/Service", Service.class,
          "v1/ServiceAccount", ServiceAccount.class,
          "apps/v1/StatefulSet", StatefulSet.class,
          "networking.k8s.io/v1/Ingress", Ingress.class,
          "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
          "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
          // Of the Prometheus operator: we have no types for these.
          "monitoring.coreos.com/v1/ServiceMonitor", GenericKubernetesResource.class,
          "monitoring.coreos.com/v1/PrometheusRule", GenericKubernetesResource.class);

  private static final ObjectMapper LENIENT = new ObjectMapper();

  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(new NothingElse())
          .build();

  /** The types of the model keep what they do not know in a map; without it, it is an error. */
  private static final class NothingElse extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated a) {
      return false;
    }
  }

  /**
   * Reads what helm rendered.
   *
   * @throws IllegalArgumentException for a kind or field that is not known
   */
  static Manifests read(String rendered) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<HasMetadata> all = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(options)).loadAll(rendered)) {
      if (document instanceof Map<?, ?> manifest) {
        all.add(typed(manifest));
      }
    }
    return new Manifests(List.copyOf(all));
  }

  private static HasMetadata typed(Map<?, ?> manifest) {
    String name = manifest.get("apiVersion") + "/" + manifest.get("kind");
    Class<? extends HasMetadata> type = TYPES.get(name);
    if (type == null) {
      throw new IllegalArgumentException(name + ", expected one of " + TYPES.keySet());
    }
    boolean generic = type == GenericKubernetesResource.class;
    return (generic ? LENIENT : STRICT).convertValue(manifest, type);
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return all.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends HasMetadata> T one(Class<T> type, String name) {
    return one(type, manifest -> manifest.getMetadata().getName().equals(name), name);
  }

  private <T extends HasMetadata> T one(Class<T> type, Predicate<T> which, String what) {
    List<T> found = all(type).stream().filter(which).toList();
    if (found.size() != 1) {
      throw new AssertionError(
          "%d of %s %s among %s".formatted(found.size(), type.getSimpleName(), what, names()));
    }
    return found.getFirst();
  }

  /** The pods of a role. */
  StatefulSet pods(String role) {
    return one(StatefulSet.class, "tw-tillwatch-" + role);
  }

  /** The one resource of a kind that is the Prometheus operator's. */
  GenericKubernetesResource custom(String kind) {
    return one(GenericKubernetesResource.class, one -> kind.equals(one.getKind()), kind);
  }

  /** Kind and name of each, sorted. */
  List<String> names() {
    return all.stream()
        .map(one -> one.getKind() + " " + Objects.requireNonNull(one.getMetadata()).getName())
        .sorted()
        .toList();
  }
}
