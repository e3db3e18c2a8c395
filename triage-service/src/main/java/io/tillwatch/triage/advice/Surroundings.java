package io.tillwatch.triage.advice;

import io.tillwatch.schemas.incident.Incident;
import java.util.List;

/**
 * What is known beside an incident.
 *
 * @param others other incidents, open or over, the newest first
 */
public record Surroundings(List<Incident> others) {

  /** Nothing is. */
  public static final Surroundings NONE = new Surroundings(List.of());

  public Surroundings {
    others = List.copyOf(others);
  }
}
