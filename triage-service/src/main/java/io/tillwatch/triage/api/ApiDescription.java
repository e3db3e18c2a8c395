package io.tillwatch.triage.api;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The OpenAPI description of the incidents' API, written from its controllers at compile time. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Tillwatch triage",
            version = "v1",
            description =
                "Incidents: what broke, where, since when, at what cost, and why. What changes"
                    + " something takes the token of triage.api.token, when there is one, as"
                    + " Authorization: Bearer, or as X-Tillwatch-Token where Authorization is the"
                    + " login of a proxy in front.",
            license = @License(name = "Apache-2.0")))
@Hidden
@WhenTriageRuns
@Controller("/openapi/triage")
class ApiDescription {

  static final String YAML = "application/yaml";

  /** Named by the compiler argument {@code micronaut.openapi.filename}. */
  private static final String RESOURCE = "/META-INF/swagger/tillwatch-triage.yml";

  @Get
  @Produces(YAML)
  String yaml() throws IOException {
    return read();
  }

  static String read() throws IOException {
    try (InputStream in = ApiDescription.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException(RESOURCE + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
