package io.tillwatch.triage.api;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.server.exceptions.ContentLengthExceededHandler;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Says of a body that the server itself refuses what {@link WriteGate} says of one. */
@WhenTriageRuns
@Singleton
@Replaces(ContentLengthExceededHandler.class)
final class TooLargeHandler
    implements ExceptionHandler<ContentLengthExceededException, HttpResponse<?>> {

  @Override
  // A raw type of the framework's own interface.
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, ContentLengthExceededException tooLarge) {
    if (request.getPath().startsWith(GatewayController.PATH)) {
      return GatewayController.tooLarge();
    }
    return WriteGate.tooLarge(
        request.getPath().startsWith(HooksController.PATH)
            ? HooksController.BODY_BYTES_MAX
            : WriteGate.BODY_BYTES_MAX);
  }
}
