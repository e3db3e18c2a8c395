package io.tillwatch.topology.query;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Writes refusals as {@link ErrorAnswer}. */
@Singleton
@Requires(property = "tillwatch.topology.enabled", value = "true")
final class RefusalHandler implements ExceptionHandler<Refusal, HttpResponse<?>> {

  private static final String RETRY_AFTER_SECONDS = "2";

  @Override
  // A raw type of the framework's own interface.
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, Refusal refusal) {
    MutableHttpResponse<ErrorAnswer> response =
        HttpResponse.status(HttpStatus.valueOf(refusal.reason().status()))
            .body(ErrorAnswer.of(refusal));
    if (refusal.reason().worthRetrying()) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return response.header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
