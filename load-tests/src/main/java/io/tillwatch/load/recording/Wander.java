package io.tillwatch.load.recording;

import io.tillwatch.load.model.Chance;
import java.util.SplittableRandom;

/**
 * Values that wander around zero, one step a minute: Ornstein-Uhlenbeck walks of one standard
 * deviation and one time constant, each independent of the others and already under way at minute
 * 0.
 */
final class Wander {

  private final double[] values;
  private final SplittableRandom[] streams;
  private final double kept;
  private final double step;

  Wander(long seed, Concern concern, int size, double sigma, double minutes) {
    values = new double[size];
    streams = new SplittableRandom[size];
    kept = StrictMath.exp(-1 / minutes);
    step = sigma * StrictMath.sqrt(1 - kept * kept);
    for (int i = 0; i < size; i++) {
      streams[i] = Chance.stream(seed, concern.number(), i, 0);
      values[i] = sigma * streams[i].nextGaussian();
    }
  }

  void next() {
    for (int i = 0; i < values.length; i++) {
      values[i] = kept * values[i] + step * streams[i].nextGaussian();
    }
  }

  double at(int index) {
    return values[index];
  }
}
