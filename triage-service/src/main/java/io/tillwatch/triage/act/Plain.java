package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import java.util.Map;

/** An action in the form that is least likely to be refused. */
final class Plain {

  private static final int SUMMARY_MAX = 200;

  private Plain() {}

  /** The same action without details and links, its summary short and in ASCII. */
  static Action form(Action action) {
    String ascii = action.getSummary().replaceAll("[^\\x20-\\x7E]+", " ").strip();
    return Action.newBuilder(action)
        .setSummary(ascii.substring(0, Math.min(ascii.length(), SUMMARY_MAX)))
        .setDetails(Map.of())
        .setLinks(Map.of())
        .build();
  }
}
