package io.tillwatch.load.scenario;

import io.tillwatch.load.model.Disturbance;
import java.util.List;

/** A scenario set in a world and in time: what the model plays, and what is true of it. */
public record Script(List<Disturbance> disturbances, Truth truth) {

  public Script {
    disturbances = List.copyOf(disturbances);
  }
}
