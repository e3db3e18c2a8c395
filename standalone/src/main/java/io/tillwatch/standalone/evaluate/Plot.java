package io.tillwatch.standalone.evaluate;

import io.tillwatch.load.model.Disturbance;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.standalone.evaluate.GoldenCase.Heard;
import java.util.List;

/**
 * What is to happen in one case.
 *
 * @param id of the case
 * @param label what is to be found out
 * @param disturbances what happens to payments, the label's own and innocent ones
 * @param news innocent changes, unrelated notices and alerts
 * @param announced whether the notices of the label's own disturbance are published
 * @param built bursts that payments do not show; empty when the detector finds them
 * @param noise what else happens, in words
 */
record Plot(
    String id,
    Label label,
    List<Disturbance> disturbances,
    List<Heard> news,
    boolean announced,
    List<Burst> built,
    List<String> noise) {

  Plot {
    disturbances = List.copyOf(disturbances);
    news = List.copyOf(news);
    built = List.copyOf(built);
    noise = List.copyOf(noise);
  }
}
