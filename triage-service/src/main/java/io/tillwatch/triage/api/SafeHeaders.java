package io.tillwatch.triage.api;

import io.micronaut.core.annotation.NonNull;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Headers on every answer: nothing inline, nothing foreign, no frame, no referrer, no store. */
@WhenTriageRuns
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SafeHeaders {

  private final String policy;

  SafeHeaders(TriageDoor door) {
    String cells = door.cellsUrl().isEmpty() ? "" : " " + door.cellsUrl();
    this.policy =
        "default-src 'self'; connect-src 'self'"
            + cells
            + "; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  @ResponseFilter
  void add(@NonNull HttpRequest<?> request, @NonNull MutableHttpResponse<?> response) {
    setIfAbsent(response, "Content-Security-Policy", policy);
    setIfAbsent(response, "X-Content-Type-Options", "nosniff");
    setIfAbsent(response, "Referrer-Policy", "no-referrer");
    setIfAbsent(response, HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private static void setIfAbsent(MutableHttpResponse<?> response, String name, String value) {
    if (!response.getHeaders().contains(name)) {
      response.header(name, value);
    }
  }
}
