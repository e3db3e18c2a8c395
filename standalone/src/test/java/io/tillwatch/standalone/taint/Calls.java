package io.tillwatch.standalone.taint;

import io.tillwatch.standalone.taint.Api.Operation;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** For each operation the requests that are taken as they are: with them the tainting begins. */
final class Calls {

  private static final Function<byte[], Map<String, String>> UNSIGNED = body -> Map.of();
  private static final Map<String, String> TOKEN = Map.of("X-Tillwatch-Token", Secrets.API);

  private static final String PAGE = "page";

  private static final DateTimeFormatter GITLAB_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String ASK =
      """
      {"question": "What to do first when a PSP is down?", "top": 3}
      """;
  private static final String CHANGE =
      """
      {"kind": "deploy", "title": "connector 2.14.0", "author": "ada",
       "scope": {"psp": "s3control"},
       "link": "https://git.example/1", "time": "%s", "id": "sent-1"}
      """;
  private static final String GITHUB_DEPLOYS =
      """
      {"action": "created", "sender": {"login": "ada"},
       "repository": {"full_name": "acme/connector", "html_url": "https://github.example/acme"},
       "deployment": {"url": "https://api.github.example/d/1", "ref": "main", "sha": "a84d88e",
         "environment": "production", "description": "by hand",
         "created_at": "%s"}}
      """;
  private static final String GITHUB_DEPLOYED =
      """
      {"action": "created", "sender": {"login": "ada"},
       "repository": {"full_name": "acme/connector", "html_url": "https://github.example/acme"},
       "deployment": {"url": "https://api.github.example/d/1", "ref": "main",
         "environment": "production", "created_at": "2026-11-20T09:58:00Z"},
       "deployment_status": {"url": "https://api.github.example/s/1", "state": "success",
         "log_url": "https://github.example/runs/1", "description": "done",
         "created_at": "%s"}}
      """;
  private static final String GITHUB_RELEASES =
      """
      {"action": "published", "sender": {"login": "ada"},
       "repository": {"full_name": "acme/connector"},
       "release": {"url": "https://api.github.example/r/1", "tag_name": "2.14.0", "name": "2.14",
         "html_url": "https://github.example/r/1", "published_at": "%s"}}
      """;
  private static final String GITLAB_DEPLOYS =
      """
      {"object_kind": "deployment", "status": "success", "status_changed_at":
         "%s", "deployment_id": "15", "environment": "production",
       "short_sha": "a84d88e", "deployable_url": "https://gitlab.example/jobs/1",
       "project": {"path_with_namespace": "acme/connector", "web_url": "https://gitlab.example/a"},
       "user": {"username": "ada", "email": "ada@acme.example"}, "commit_title": "mend it"}
      """;
  private static final String GITLAB_FLAG =
      """
      {"object_kind": "feature_flag", "user": {"username": "ada"},
       "project": {"path_with_namespace": "acme/connector", "web_url": "https://gitlab.example/a"},
       "object_attributes": {"id": "6", "name": "new-router", "active": true}}
      """;
  private static final String ALERTED =
      """
      {"version": "4", "receiver": "tillwatch", "groupKey": "g", "alerts": [
        {"status": "firing", "labels": {"alertname": "HighErrorRate", "psp": "s3control"},
         "annotations": {"summary": "many errors", "description": "of s3control"},
         "startsAt": "%s", "endsAt": "0001-01-01T00:00:00Z", "fingerprint": "f1",
         "generatorURL": "https://prometheus.example/1"}]}
      """;
  private static final String PAGED =
      """
      {"event": {"id": "%s-1", "event_type": "incident.%s", "resource_type": "incident",
        "occurred_at": "%s", "agent": {"id": "A1", "type": "user_reference", "summary": "Ada L."},
        "data": {"id": "P1", "type": "incident", "incident_key": "%s", "title": "s3control",
          "assignees": [{"id": "B1", "type": "user_reference", "summary": "Bob"}]}}}
      """;
  private static final String CHAT =
      """
      {"model": "stub", "temperature": 0.1, "messages": [
        {"role": "user", "content": "Why did it fail?"}]}
      """;

  private final String incidentId;
  private final String pagerKey;
  private final Instant at;

  /**
   * Requests about an incident.
   *
   * @param pagerKey what the pager knows it by
   * @param at when what they tell of happened
   */
  Calls(String incidentId, String pagerKey, Instant at) {
    this.incidentId = incidentId;
    this.pagerKey = pagerKey;
    this.at = at.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * The requests of an operation.
   *
   * @throws IllegalStateException when nobody has said how it is asked
   */
  List<Call> of(Operation operation) {
    return switch (operation.id()) {
      case "cells", "worst", "why", "dimensions", "ingest" -> List.of(question(operation));
      case "incidents", "rules", "suppressions", "auditHead" -> List.of(question(operation));
      case "incident", "incidentLog", "incidentTimeline", "incidentPostmortem" ->
          List.of(about(operation));
      case "command" -> commands(operation);
      case "ask" -> List.of(written(operation, ASK));
      case "change" -> List.of(written(operation, CHANGE.formatted(at)));
      case "githubHook" -> github(operation);
      case "gitlabHook" ->
          List.of(
              proven(
                  operation,
                  GITLAB_DEPLOYS.formatted(GITLAB_TIME.format(at)),
                  "X-Gitlab-Token",
                  Secrets.GITLAB),
              proven(operation, GITLAB_FLAG, "X-Gitlab-Token", Secrets.GITLAB));
      case "alertsHook" ->
          List.of(
              proven(
                  operation, ALERTED.formatted(at), "Authorization", "Bearer " + Secrets.ALERTS));
      case "pagerdutyWebhook" -> pagerDuty(operation);
      case "chatCompletions" ->
          List.of(proven(operation, CHAT, "Authorization", "Bearer " + Secrets.OTHERS));
      case PAGE -> List.of(page(operation));
      default ->
          throw new IllegalStateException(
              "say how a valid request to %s looks".formatted(operation.path()));
    };
  }

  /** What is served and in no document: pages, health, metrics, and nothing at all. */
  static List<Operation> pages() {
    return Stream.of(
            "/",
            "/page/{name}",
            "/page/config.json",
            "/runbooks/{name}",
            "/openapi",
            "/openapi/topology",
            "/openapi/triage",
            "/health",
            "/health/liveness",
            "/health/readiness",
            "/prometheus",
            "/nowhere/{name}")
        .map(path ->
            new Operation(
                PAGE,
                "GET",
                path,
                path.contains("{") ? List.of("name") : List.of(),
                List.of(),
                List.of(),
                Set.of()))
        .toList();
  }

  private static Call page(Operation operation) {
    String name = operation.path().startsWith("/page/") ? "page.js" : "psp-outage";
    return new Call(operation, Map.of("name", name), Map.of(), Map.of(), null, UNSIGNED);
  }

  private static Call question(Operation operation) {
    return new Call(operation, Map.of(), Map.of(), Map.of(), null, UNSIGNED);
  }

  private Call about(Operation operation) {
    return new Call(operation, Map.of("id", incidentId), Map.of(), Map.of(), null, UNSIGNED);
  }

  private static Call written(Operation operation, String body) {
    return new Call(operation, Map.of(), Map.of(), TOKEN, body, UNSIGNED);
  }

  private static Call proven(Operation operation, String body, String header, String secret) {
    return new Call(operation, Map.of(), Map.of(), Map.of(header, secret), body, UNSIGNED);
  }

  private List<Call> commands(Operation operation) {
    return Map.of(
            "note", "{\"author\": \"ada\", \"reason\": \"seen\", \"episode\": 1}",
            "acknowledge", "{\"author\": \"ada\", \"reason\": \"mine\"}",
            "review", "{\"author\": \"ada\", \"class\": \"psp_outage\", \"cause\": \"a deploy\"}",
            "merge", "{\"author\": \"ada\", \"into\": \"INC-0\"}",
            "split", "{\"author\": \"ada\", \"bursts\": [\"b\"]}")
        .entrySet()
        .stream()
        .map(verb ->
            new Call(
                operation,
                Map.of("id", incidentId, "verb", verb.getKey()),
                Map.of(),
                Map.of("X-Tillwatch-Token", Secrets.API, "Idempotency-Key", verb.getKey()),
                verb.getValue(),
                UNSIGNED))
        .toList();
  }

  private List<Call> github(Operation operation) {
    return Map.of(
            "deployment", GITHUB_DEPLOYS,
            "deployment_status", GITHUB_DEPLOYED,
            "release", GITHUB_RELEASES)
        .entrySet()
        .stream()
        .map(event ->
            new Call(
                operation,
                Map.of(),
                Map.of(),
                Map.of("X-GitHub-Event", event.getKey()),
                event.getValue().formatted(at),
                body -> Map.of("X-Hub-Signature-256", "sha256=" + signature(Secrets.GITHUB, body))))
        .toList();
  }

  private List<Call> pagerDuty(Operation operation) {
    return Stream.of("acknowledged", "escalated")
        .map(event ->
            new Call(
                operation,
                Map.of(),
                Map.of(),
                Map.of(),
                PAGED.formatted(event, event, at, pagerKey),
                body ->
                    Map.of(
                        "X-PagerDuty-Signature", "v1=" + signature(Secrets.PAGERDUTY_HOOK, body))))
        .toList();
  }

  private static String signature(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }
}
