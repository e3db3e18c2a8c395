package io.tillwatch.triage.incident;

import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.triage.phrase.Phrases;
import io.tillwatch.triage.wire.FieldHash;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Predicate;

/** Names that follow from what they name: deciding the same thing twice gives the same name. */
final class Ids {

  /** Purpose of an action that happens once per episode. */
  static final String ONCE = "";

  private static final int BYTES = 6;

  private Ids() {}

  /**
   * The id of the incident a burst opens, for example {@code INC-3F9A12C4D07E}.
   *
   * <p>A burst can open several, one after the other: when it goes on after the review of the one
   * before, or after that one was put away, when nobody on the desk knows its id any more. Its
   * revision only grows, so no two openings are named alike.
   *
   * @param revision the burst's when it opens
   * @param taken whether an id belongs to another incident on the desk; then the next one is taken
   */
  static String incident(String tenant, String burstId, int revision, Predicate<String> taken) {
    String opening = tenant + '/' + burstId + (revision <= 1 ? "" : "@" + revision);
    for (int attempt = 0; ; attempt++) {
      String named = opening + (attempt == 0 ? "" : "#" + attempt);
      byte[] hash = FieldHash.sha256(named.getBytes(StandardCharsets.UTF_8));
      String id = "INC-" + HexFormat.of().formatHex(hash, 0, BYTES).toUpperCase(Locale.ROOT);
      if (!taken.test(id)) {
        return id;
      }
    }
  }

  /** What the pager, and whoever else dedupes, knows an episode by. */
  static String dedupKey(String incidentId, int episode) {
    return incidentId + "/" + episode;
  }

  /**
   * The id of an action, for example {@code INC-3F9A12C4D07E/1/pager/trigger}.
   *
   * @param purpose what tells actions of the same kind apart within the episode, such as a revision
   */
  static String action(
      String incidentId, int episode, ActionTarget target, ActionVerb verb, String purpose) {
    String id =
        dedupKey(incidentId, episode) + "/" + Phrases.label(target) + "/" + Phrases.label(verb);
    return purpose.equals(ONCE) ? id : id + "/" + purpose;
  }
}
