package io.tillwatch.triage.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.tillwatch.schemas.card.Confidential;

/** Answers to questions that cannot be answered. */
final class Refusals {

  private static final int SHOWN_MAX = 64;

  private Refusals() {}

  /** No such incident, or not yet: while incidents are still being read nobody can tell. */
  static HttpResponse<?> noIncident(TriageDoor door, String id) {
    return door.loaded().getAsBoolean()
        ? HttpResponse.notFound(
            new Answers.Failure(
                "unknown_incident",
                "no incident '%s'".formatted(shown(id)),
                "an id from /api/v1/incidents?state=all"))
        : loading();
  }

  static HttpResponse<?> loading() {
    return later("loading", "incidents are still being read", "1");
  }

  static HttpResponse<?> later(String error, String message, String seconds) {
    return HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, seconds)
        .body(new Answers.Failure(error, message, "try again in a moment"));
  }

  static HttpResponse<?> badParameter(String name, String value, String expected) {
    return HttpResponse.badRequest(
        new Answers.Failure("bad_parameter", "%s is '%s'".formatted(name, shown(value)), expected));
  }

  /** Enough of what was sent to recognise it, and none of it that is not shown. */
  static String shown(String text) {
    String plain = Confidential.hiddenIn(text);
    return plain.length() <= SHOWN_MAX ? plain : plain.substring(0, SHOWN_MAX) + "…";
  }
}
