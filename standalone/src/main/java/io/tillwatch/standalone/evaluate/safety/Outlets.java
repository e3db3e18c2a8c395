package io.tillwatch.standalone.evaluate.safety;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.act.Notifier;
import io.tillwatch.triage.act.TargetMode;
import io.tillwatch.triage.jira.JiraNotifier;
import io.tillwatch.triage.pagerduty.PagerDuty;
import io.tillwatch.triage.slack.Slack;
import io.tillwatch.triage.vendor.VendorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Pager, tracker and chat on the loopback interface, with the adapters of production before them:
 * what they send is kept as it goes over the wire.
 */
final class Outlets implements AutoCloseable {

  private static final String CHANNEL = "C0SAFETY01";
  private static final String ISSUES = "/rest/api/3/issue";

  /** Longest time that an adapter's own limit is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int ATTEMPTS_MAX = 20;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<ActionTarget, StringBuilder> sent = new EnumMap<>(ActionTarget.class);
  private final Map<ActionTarget, Notifier> notifiers = new EnumMap<>(ActionTarget.class);
  private final Map<String, String> names = new HashMap<>();
  private final Function<String, Optional<Incident>> incidents;
  private final VendorSettings settings;

  /**
   * Opens them.
   *
   * @param incidents for what an action leaves out, by id
   */
  Outlets(Function<String, Optional<Incident>> incidents) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/v2/", exchange -> take(ActionTarget.PAGER, exchange));
    server.createContext("/rest/", exchange -> take(ActionTarget.TICKET, exchange));
    server.createContext("/api/", exchange -> take(ActionTarget.CHAT, exchange));
    server.start();
    this.incidents = incidents;
    this.settings = settings();
  }

  /** The adapter of a target, opened when it is first needed. */
  private Notifier open(ActionTarget target) {
    return switch (target) {
      case PAGER -> PagerDuty.open(settings.pagerDuty());
      case TICKET ->
          JiraNotifier.open(
              settings.jira(),
              action -> incidents.apply(action.getIncidentId()),
              InstantSource.system());
      case CHAT -> Slack.open(settings.slack());
      case WEBHOOK, ALERTMANAGER, OTHER ->
          throw new IllegalStateException("no outlet for " + target);
    };
  }

  private VendorSettings settings() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Settings settings =
        Settings.load(
            null,
            Map.of(),
            Map.ofEntries(
                Map.entry("triage.pagerduty.base-url", url),
                Map.entry("triage.pagerduty.routing-key", "stub"),
                Map.entry("triage.pagerduty.events-per-minute", "10000"),
                Map.entry("triage.jira.base-url", url),
                Map.entry("triage.jira.user", "stub@example.com"),
                Map.entry("triage.jira.token", "stub"),
                Map.entry("triage.jira.project", "PAY"),
                Map.entry("triage.slack.base-url", url),
                Map.entry("triage.slack.token", "xoxb-stub"),
                Map.entry("triage.slack.channel", CHANNEL)));
    VendorSettings read =
        VendorSettings.from(
            settings,
            Map.of(
                ActionTarget.PAGER, TargetMode.PAGERDUTY,
                ActionTarget.TICKET, TargetMode.JIRA,
                ActionTarget.CHAT, TargetMode.SLACK));
    settings.verify();
    return read;
  }

  /** Sends an action, again if its adapter asks for that, and says how it ended. */
  ActionResult deliver(Action action, Instant at) throws InterruptedException {
    ActionResult.Builder result =
        ActionResult.newBuilder()
            .setActionId(action.getActionId())
            .setIncidentId(action.getIncidentId())
            .setTenant(action.getTenant())
            .setTarget(action.getTarget())
            .setVerb(action.getVerb())
            .setAt(at);
    Notifier notifier = notifiers.computeIfAbsent(action.getTarget(), this::open);
    String thing = action.getIncidentId() + action.getTarget();
    long until = System.nanoTime() + PATIENCE.toNanos();
    for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      Delivery delivery = notifier.deliver(new Errand(action, names.get(thing), attempt, false));
      result.setAttempts(attempt);
      Duration wait =
          switch (delivery) {
            case Delivery.Held held -> held.after();
            case Delivery.Retry retry -> retry.after();
            case Delivery.Done done -> Duration.ZERO;
            case Delivery.Refused refused -> Duration.ZERO;
            case Delivery.Off off -> Duration.ZERO;
          };
      if (delivery instanceof Delivery.Done done) {
        if (done.externalId() != null) {
          names.put(thing, done.externalId());
        }
        return result
            .setOutcome(ActionOutcome.DONE)
            .setExternalId(done.externalId())
            .setDetail(done.detail())
            .build();
      }
      if (delivery instanceof Delivery.Refused || System.nanoTime() > until) {
        return result.setOutcome(ActionOutcome.QUARANTINED).setDetail(delivery.detail()).build();
      }
      Thread.sleep(wait);
    }
    return result.setOutcome(ActionOutcome.FAILED).setDetail("not in time").build();
  }

  /** All that was sent there, one body behind the other. */
  synchronized String sent(ActionTarget target) {
    return String.valueOf(sent.getOrDefault(target, new StringBuilder()));
  }

  private void take(ActionTarget target, HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    synchronized (this) {
      sent.computeIfAbsent(target, name -> new StringBuilder()).append(body).append('\n');
    }
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    byte[] answer = answer(method, path).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status(method, path), answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static int status(String method, String path) {
    if (path.startsWith("/v2/")) {
      return 202;
    }
    return path.equals(ISSUES) && method.equals("POST") ? 201 : 200;
  }

  private static String answer(String method, String path) {
    if (path.startsWith("/v2/")) {
      return "{\"status\":\"success\"}";
    }
    if (path.startsWith("/api/")) {
      return "{\"ok\":true,\"channel\":\"%s\",\"ts\":\"1796000000.000001\",\"messages\":[]}"
          .formatted(CHANNEL);
    }
    if (path.startsWith(ISSUES)) {
      return method.equals("GET") || path.equals(ISSUES)
          ? "{\"id\":\"1\",\"key\":\"PAY-1\",\"properties\":{},\"fields\":"
              + "{\"summary\":\"\",\"attachment\":[],\"status\":{\"name\":\"To Do\"}}}"
          : "{}";
    }
    return "{\"issues\":[]}";
  }

  @Override
  public void close() {
    notifiers.values().forEach(Notifier::close);
    server.stop(0);
    threads.shutdownNow();
  }
}
