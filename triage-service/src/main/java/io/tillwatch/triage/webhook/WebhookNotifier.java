package io.tillwatch.triage.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.act.Notifier;
import io.tillwatch.triage.outside.Ask;
import io.tillwatch.triage.outside.HookAddress;
import io.tillwatch.triage.outside.HttpDoor;
import io.tillwatch.triage.outside.Incidents;
import io.tillwatch.triage.outside.RetryTable;
import io.tillwatch.triage.outside.RetryTable.Fate;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Posts each change of an incident to one receiver, signed.
 *
 * <p>{@code webhook-id} is the action's id, the same for every try, so that the receiver tells a
 * repeated one. Thread-safe.
 */
public final class WebhookNotifier implements Notifier {

  /**
   * Which answers are worth another attempt: all but what says that the receiver is gone for good,
   * and what says that it will never read this. A key that is not taken is being rotated.
   */
  static final RetryTable ANSWERS =
      RetryTable.citing(
              "https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md")
          .and(401, Fate.RETRY)
          .and(403, Fate.RETRY)
          .and(404, Fate.RETRY)
          .and(409, Fate.RETRY);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpDoor door;
  private final String path;
  private final SigningKeys keys;
  private final Incidents incidents;
  private final InstantSource clock;

  private WebhookNotifier(
      WebhookSettings settings, HttpDoor door, Incidents incidents, InstantSource clock) {
    this.door = door;
    this.path = settings.address().map(HookAddress::path).orElse("/");
    this.keys = SigningKeys.of(settings.secret());
    this.incidents = incidents;
    this.clock = clock;
  }

  /**
   * Opens the way to the receiver; connects to nothing yet.
   *
   * @param clock real time: receivers refuse what was signed long ago
   */
  public static WebhookNotifier open(
      WebhookSettings settings, Incidents incidents, InstantSource clock) {
    List<Secret> secrets = new ArrayList<>(List.of(settings.secret()));
    settings.address().ifPresent(address -> secrets.addAll(address.secrets()));
    SigningKeys.written(settings.secret()).forEach(key -> secrets.add(Secret.of(key)));
    return new WebhookNotifier(settings, HttpDoor.open(settings.door(), secrets), incidents, clock);
  }

  @Override
  public Delivery deliver(Errand errand) {
    Action action = errand.action();
    Optional<IncidentNews> news = IncidentNews.of(action, incidents.of(action));
    if (news.isEmpty()) {
      return new Delivery.Refused(
          "a webhook has no " + action.getVerb().name().toLowerCase(Locale.ROOT));
    }
    return ANSWERS.delivery(door.send(ask(news.get())));
  }

  private Ask ask(IncidentNews news) {
    byte[] body = bytes(news);
    long now = clock.instant().getEpochSecond();
    return new Ask(
        "POST",
        path,
        Map.of(
            "Content-Type",
            "application/json",
            "webhook-id",
            news.id(),
            "webhook-timestamp",
            Long.toString(now),
            "webhook-signature",
            keys.signature(news.id(), now, body)),
        BodyPublishers.ofByteArray(body),
        null);
  }

  private static byte[] bytes(IncidentNews news) {
    try {
      return JSON.writeValueAsString(news).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("news can be written", e);
    }
  }

  @Override
  public void close() {
    door.close();
  }
}
