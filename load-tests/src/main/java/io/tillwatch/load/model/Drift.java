package io.tillwatch.load.model;

/**
 * A slow random walk around zero that can be asked at any minute.
 *
 * <p>Value noise in place of an Ornstein-Uhlenbeck process: independent Gaussian knots every {@link
 * #KNOT_MINUTES}, joined smoothly. It needs no history, so traffic can start anywhere. The weights
 * of the two neighbours are scaled to keep the variance the same between the knots.
 */
record Drift(long seed, long concern, double sigma) {

  private static final int KNOT_MINUTES = 90;

  double at(long minute, long subject) {
    long knot = Math.floorDiv(minute, KNOT_MINUTES);
    double x = (double) Math.floorMod(minute, (long) KNOT_MINUTES) / KNOT_MINUTES;
    double after = x * x * (3 - 2 * x);
    double before = 1 - after;
    double norm = StrictMath.sqrt(before * before + after * after);
    return sigma * (before * knot(knot, subject) + after * knot(knot + 1, subject)) / norm;
  }

  private double knot(long number, long subject) {
    return Chance.stream(seed, concern, number, subject).nextGaussian();
  }
}
