package io.tillwatch.triage.api;

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
 * Writes what goes wrong outside the controllers (no such path, a parameter that is no number, a
 * defect) as {@link Answers.Failure} too, where triage runs alone: the framework would repeat what
 * was asked, whatever it holds.
 */
@WhenTriageRuns
@Singleton
@Replaces(HateoasErrorResponseProcessor.class)
@Requires(missingProperty = "tillwatch.topology.enabled")
final class PlainErrors implements ErrorResponseProcessor<Answers.Failure> {

  @Override
  public MutableHttpResponse<Answers.Failure> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    HttpStatus status = HttpStatus.valueOf(response.code());
    String message =
        "%s %s: %s"
            .formatted(
                context.getRequest().getMethodName(),
                Refusals.shown(context.getRequest().getPath()),
                status.getReason());
    String expected =
        status.getCode() >= HttpStatus.INTERNAL_SERVER_ERROR.getCode()
            ? "an answer; this is a defect, and the log says more"
            : "a request as /openapi describes it";
    return response.body(
        new Answers.Failure(status.name().toLowerCase(Locale.ROOT), message, expected));
  }
}
