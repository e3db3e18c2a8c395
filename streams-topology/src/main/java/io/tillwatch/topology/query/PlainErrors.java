package io.tillwatch.topology.query;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.exceptions.response.HateoasErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Locale;

/**
 * Writes what goes wrong outside the controllers (no such path, too large, a defect) as {@link
 * ErrorAnswer} too. What a defect says stays in the log.
 */
@Singleton
@Replaces(HateoasErrorResponseProcessor.class)
@Requires(property = "tillwatch.topology.enabled", value = "true")
final class PlainErrors implements ErrorResponseProcessor<ErrorAnswer> {

  @Override
  public MutableHttpResponse<ErrorAnswer> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    HttpStatus status = HttpStatus.valueOf(response.code());
    String message =
        "%s %s: %s"
            .formatted(
                context.getRequest().getMethodName(),
                Refusal.echo(context.getRequest().getPath()),
                status.getReason());
    String expected =
        response.code() >= HttpStatus.INTERNAL_SERVER_ERROR.getCode()
            ? "an answer; this is a defect, and the log of the instance says more"
            : "a request as /openapi describes it";
    return response.body(
        new ErrorAnswer(status.name().toLowerCase(Locale.ROOT), message, expected));
  }
}
