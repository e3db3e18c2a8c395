package io.tillwatch.triage;

import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.act.ActSettings;
import io.tillwatch.triage.act.TargetMode;
import io.tillwatch.triage.gateway.ModelSettings;
import io.tillwatch.triage.hook.HookSettings;
import io.tillwatch.triage.link.LinkSettings;
import io.tillwatch.triage.outside.WebAddress;
import io.tillwatch.triage.statuspage.StatusSettings;
import io.tillwatch.triage.vendor.VendorSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the triage role runs; {@code examples/triage.yaml} has every key with its meaning.
 *
 * @param applicationId prefix of groups, transactions and internal topics
 * @param tenant whose payments, where an input does not say
 * @param stateDir folder of the desk's store; may be lost, it is restored from Kafka
 * @param commitInterval longest time a decision waits before others see it
 * @param standbys copies of the desk's store kept warm on other instances
 * @param replication copies of each topic partition that is created; -1 for the cluster's default
 * @param rules files laid over the shipped rules and runbooks
 * @param documents folders of policy documents laid over the shipped ones
 * @param links base addresses of what incidents link to
 * @param targets what stands behind each target
 * @param vendors how each outside system is reached
 * @param act how hard the executors try
 * @param hashKey key of the hash by which equal dead letters are told; random when not set
 * @param host address the HTTP server listens at
 * @param port its port, 0 for any free one
 * @param cellsUrl where the first page asks for cells; empty for its own origin
 * @param statusPages which PSPs' status pages are read
 * @param apiToken what whoever writes over HTTP has to know; not set, only this machine may write
 * @param hooks whose webhooks are listened to
 * @param model which model is asked
 * @param clockBehind how far the clock is set back, for a replay of history: quiet is told by it
 */
public record TriageSettings(
    String applicationId,
    String tenant,
    Path stateDir,
    Duration commitInterval,
    int standbys,
    short replication,
    List<Path> rules,
    List<Path> documents,
    LinkSettings links,
    Map<ActionTarget, TargetMode> targets,
    VendorSettings vendors,
    ActSettings act,
    Secret hashKey,
    String host,
    int port,
    String cellsUrl,
    StatusSettings statusPages,
    Secret apiToken,
    HookSettings hooks,
    ModelSettings model,
    Duration clockBehind) {

  private static final Duration CLOCK_BEHIND_MAX = Duration.ofDays(36_500);
  private static final int PORT_MAX = 65_535;

  /** Shorter ones can be guessed. */
  private static final int TOKEN_CHARACTERS_MIN = 16;

  public TriageSettings {
    rules = List.copyOf(rules);
    documents = List.copyOf(documents);
    targets = Map.copyOf(targets);
  }

  /** Reads the keys below {@code triage}. */
  public static TriageSettings from(Settings settings) {
    String host = settings.text("triage.host", "127.0.0.1");
    int port = settings.integer("triage.port", 8081, 0, PORT_MAX);
    Map<ActionTarget, TargetMode> targets = VendorSettings.targets(settings);
    VendorSettings vendors = VendorSettings.from(settings, targets);
    return new TriageSettings(
        settings.text("triage.application-id", "tillwatch-triage"),
        settings.text("tenant", "default"),
        Path.of(settings.text("triage.state-dir", "data/triage")),
        settings.duration(
            "triage.commit-interval",
            Duration.ofMillis(100),
            Duration.ofMillis(10),
            Duration.ofSeconds(30)),
        settings.integer("triage.standby-replicas", 0, 0, 3),
        (short) settings.integer("triage.replication", -1, -1, 9),
        settings.list("triage.rules", List.of()).stream().map(Path::of).toList(),
        documents(settings),
        links(settings, host, port),
        targets,
        vendors,
        act(settings),
        settings.secret("triage.dead-letter-hash-key"),
        host,
        port,
        origin(settings, "triage.cells-url").map(URI::toString).orElse(""),
        StatusSettings.from(settings),
        token(settings),
        HookSettings.from(settings),
        ModelSettings.from(settings, vendors.outside()),
        settings.duration("triage.clock-behind", Duration.ZERO, Duration.ZERO, CLOCK_BEHIND_MAX));
  }

  private static List<Path> documents(Settings settings) {
    List<Path> folders =
        settings.list("triage.documents", List.of()).stream().map(Path::of).toList();
    folders.stream()
        .filter(folder -> !Files.isDirectory(folder))
        .forEach(folder ->
            settings.reject("triage.documents", "'" + folder + "'", "a folder that is there"));
    return folders;
  }

  private static Secret token(Settings settings) {
    Secret token = settings.secret("triage.api.token");
    if (token.isSet() && token.reveal().length() < TOKEN_CHARACTERS_MIN) {
      settings.reject(
          "triage.api.token",
          "a token of %d characters".formatted(token.reveal().length()),
          "at least %d".formatted(TOKEN_CHARACTERS_MIN));
    }
    return token;
  }

  /** The same for a server, and its pages, at this address. */
  public TriageSettings at(URI ownPages) {
    return new TriageSettings(
        applicationId,
        tenant,
        stateDir,
        commitInterval,
        standbys,
        replication,
        rules,
        documents,
        new LinkSettings(
            ownPages,
            links.grafana(),
            links.dashboardUid(),
            links.dashboardSlug(),
            links.organisation()),
        targets,
        vendors,
        act,
        hashKey,
        ownPages.getHost(),
        port,
        cellsUrl,
        statusPages,
        apiToken,
        hooks,
        model,
        clockBehind);
  }

  /** Whether the HTTP server can be reached from this machine only. */
  public boolean listensAtLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static LinkSettings links(Settings settings, String host, int port) {
    URI own =
        WebAddress.optional(settings, "triage.links.tillwatch")
            .orElseGet(() -> URI.create("http://%s:%d".formatted(host, port)));
    String dashboard =
        settings.text("triage.links.grafana-dashboard", LinkSettings.DASHBOARD_UID_DEFAULT);
    @Nullable URI grafana = WebAddress.optional(settings, "triage.links.grafana").orElse(null);
    int organisation =
        settings.integer("triage.links.grafana-organisation", 1, 1, Integer.MAX_VALUE);
    return new LinkSettings(own, grafana, dashboard, dashboard, organisation);
  }

  private static ActSettings act(Settings settings) {
    ActSettings dflt = ActSettings.DEFAULTS;
    Duration least = Duration.ofMillis(10);
    Duration backOff =
        settings.duration("triage.act.back-off", dflt.backOff(), least, Duration.ofMinutes(5));
    Duration backOffMax =
        settings.duration(
            "triage.act.back-off-max", dflt.backOffMax(), least, Duration.ofMinutes(30));
    if (backOffMax.compareTo(backOff) < 0) {
      settings.reject(
          "triage.act.back-off-max", backOffMax.toString(), "at least triage.act.back-off");
      backOffMax = backOff;
    }
    return new ActSettings(
        settings.duration("triage.act.deadline", dflt.deadline(), least, Duration.ofMinutes(1)),
        settings.integer("triage.act.attempts", dflt.attempts(), 1, 10_000),
        backOff,
        backOffMax,
        settings.integer("triage.act.second-channel-after", dflt.secondChannelAfter(), 1, 10_000),
        settings.integer("triage.act.pending", dflt.pending(), 1, 100_000));
  }

  private static Optional<URI> origin(Settings settings, String key) {
    Optional<URI> uri = WebAddress.optional(settings, key);
    uri.filter(found -> !found.getRawPath().isEmpty())
        .ifPresent(found ->
            settings.reject(key, "'" + found + "'", "scheme, host and port, nothing behind"));
    return uri;
  }
}
