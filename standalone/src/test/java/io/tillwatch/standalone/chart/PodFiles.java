package io.tillwatch.standalone.chart;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a pod finds under {@code /etc/tillwatch} and in its environment, in a folder of a test.
 *
 * @param etc stands for {@code /etc/tillwatch}
 */
record PodFiles(Path etc, PodSpec pod) {

  private static final String MOUNTED = "/etc/tillwatch/";
  private static final Pattern FILE = Pattern.compile(MOUNTED + "([^/\\s]+)/(\\S+)");

  /** Writes the settings file of a role, with paths that exist here, and all it names. */
  Path settingsFile(Manifests manifests, String role) throws IOException {
    String text =
        manifests.one(ConfigMap.class, "tw-tillwatch-" + role).getData().get(role + ".yaml");
    writeFilesNamedIn(text, manifests);
    if (mounted("documents")) {
      writeDocuments(manifests);
    }
    return Files.writeString(etc.resolve(role + ".yaml"), text.replace(MOUNTED, etc + "/"));
  }

  /**
   * Writes each file the text names and that is not there yet: rules as they are, all else as
   * {@code secret of folder/key}; its folder must be mounted.
   */
  private void writeFilesNamedIn(String text, Manifests manifests) throws IOException {
    var files = FILE.matcher(text);
    while (files.find()) {
      String folder = files.group(1);
      if (!mounted(folder)) {
        throw new AssertionError(files.group() + " is not on a mounted volume");
      }
      Path file = etc.resolve(folder).resolve(files.group(2));
      Files.createDirectories(file.getParent());
      if (Files.notExists(file)) {
        Files.writeString(
            file,
            folder.equals("rules")
                ? manifests.one(ConfigMap.class, "tw-tillwatch-rules").getData().get(files.group(2))
                : "secret of %s/%s\n".formatted(folder, files.group(2)));
      }
    }
  }

  private void writeDocuments(Manifests manifests) throws IOException {
    Path folder = Files.createDirectories(etc.resolve("documents"));
    for (var document :
        manifests.one(ConfigMap.class, "tw-tillwatch-documents").getData().entrySet()) {
      Files.writeString(folder.resolve(document.getKey()), document.getValue());
    }
  }

  private boolean mounted(String folder) {
    return container().getVolumeMounts().stream()
        .anyMatch(mount -> mount.getMountPath().equals(MOUNTED + folder));
  }

  /**
   * Variables; one from a Secret is {@code secret of name/key}, the pod's name is {@code pod-0}.
   */
  Map<String, String> environment() {
    return container().getEnv().stream()
        .collect(Collectors.toMap(EnvVar::getName, PodFiles::valueOf));
  }

  private Container container() {
    return pod.getContainers().getFirst();
  }

  private static String valueOf(EnvVar variable) {
    if (variable.getValue() != null) {
      return variable.getValue().replace("$(POD_NAME)", "pod-0");
    }
    var secret = variable.getValueFrom().getSecretKeyRef();
    return secret == null ? "pod-0" : "secret of " + secret.getName() + "/" + secret.getKey();
  }
}
