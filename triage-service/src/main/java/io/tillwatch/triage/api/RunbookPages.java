package io.tillwatch.triage.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Hidden;
import io.tillwatch.rules.runbook.Runbook;

/** {@code /runbooks/<name>}: what to do, as its Markdown reads; incidents link here. */
@Hidden
@WhenTriageRuns
@Controller("/runbooks")
final class RunbookPages {

  private final TriageDoor door;

  RunbookPages(TriageDoor door) {
    this.door = door;
  }

  @Get("/{name}")
  @Produces(MediaType.TEXT_PLAIN)
  HttpResponse<String> one(String name) {
    Runbook runbook = door.rules().book().runbooks().get(name);
    return runbook == null
        ? HttpResponse.notFound("No such runbook. This site has: " + names() + "\n")
        : HttpResponse.ok("# %s%n%n%s%n".formatted(runbook.title(), runbook.body()));
  }

  private String names() {
    return String.join(", ", door.rules().book().runbooks().keySet().stream().sorted().toList());
  }
}
