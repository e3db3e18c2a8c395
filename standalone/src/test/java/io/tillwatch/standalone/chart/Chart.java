package io.tillwatch.standalone.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The chart in {@code helm/}, linted and rendered as {@code helm} does it, without a cluster. */
final class Chart {

  static final String RELEASE = "tw";
  static final String NAMESPACE = "payments";

  /** Tests run in the folder of their module. */
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  static final Path FOLDER = ROOT.resolve("helm");

  /** A Kubernetes that has all the chart uses. */
  private static final String KUBERNETES = "1.33.0";

  private Chart() {}

  static LintResult lint() {
    return new Helm(FOLDER).lint().strict().call();
  }

  /** What is installed with the chart's own values. */
  static Manifests withDefaults() {
    return Manifests.read(template().call());
  }

  /**
   * What is installed with these values.
   *
   * @param yaml as in a values file
   */
  static Manifests with(String yaml) {
    try {
      Path values = Files.createTempFile("values", ".yaml");
      try {
        Files.writeString(values, yaml);
        return Manifests.read(template().withValuesFile(values).call());
      } finally {
        Files.delete(values);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TemplateCommand template() {
    return new Helm(FOLDER)
        .template()
        .withName(RELEASE)
        .withNamespace(NAMESPACE)
        .withKubeVersion(KUBERNETES);
  }
}
