package io.tillwatch.topology.query;

import io.micronaut.context.annotation.Requires;
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

/** The OpenAPI description of the cube's API, written from its controller at compile time. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Tillwatch topology",
            version = "v1",
            description = "Live success rates per PSP, BIN range, region and more",
            license = @License(name = "Apache-2.0")))
@Hidden
@Controller("/openapi")
@Requires(property = "tillwatch.topology.enabled", value = "true")
class ApiDescription {

  /** Named by the compiler argument {@code micronaut.openapi.filename}. */
  private static final String RESOURCE = "/META-INF/swagger/tillwatch-topology.yml";

  /** Also under a name of its own: a process with more roles has more descriptions. */
  @Get(uris = {"/", "/topology"})
  @Produces("application/yaml")
  String yaml() throws IOException {
    try (InputStream in = ApiDescription.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException(RESOURCE + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
