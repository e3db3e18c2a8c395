package io.tillwatch.triage.api;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;

/** The same description at {@code /openapi}, where no topology shares the port. */
@Hidden
@WhenTriageRuns
@Requires(property = "tillwatch.topology.enabled", notEquals = "true")
@Controller("/openapi")
class OnlyDescription {

  @Get
  @Produces(ApiDescription.YAML)
  String yaml() throws IOException {
    return ApiDescription.read();
  }
}
