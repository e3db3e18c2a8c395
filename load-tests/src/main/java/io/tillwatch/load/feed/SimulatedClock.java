package io.tillwatch.load.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock for simulated time.
 *
 * <pre>
 *   loading ──run(speed)──▶ running at speed ──reaches real time──▶ real time
 * </pre>
 *
 * <p>While history is loaded it stands where {@link #advanceTo} puts it. Then it runs from there at
 * a multiple of real time until it has caught up; from then on it is the real clock. It never goes
 * back. Thread-safe.
 */
public final class SimulatedClock implements InstantSource {

  private final InstantSource real;
  private volatile Course course;

  /**
   * From a real moment on, simulated time runs from there at that speed.
   *
   * @param speed 0 while history is loaded
   */
  private record Course(Instant simulated, Instant real, double speed) {

    Instant at(Instant now) {
      long elapsed = Math.max(0, Duration.between(real, now).toMillis());
      return simulated.plusMillis((long) (elapsed * speed));
    }
  }

  /** A clock that stands at that moment, which must not be later than now. */
  public SimulatedClock(Instant start, InstantSource real) {
    Instant now = real.instant();
    if (start.isAfter(now)) {
      throw new IllegalArgumentException(
          "simulated time starts at %s, expected no later than now, %s".formatted(start, now));
    }
    this.real = real;
    this.course = new Course(start, now, 0);
  }

  @Override
  public Instant instant() {
    Instant now = real.instant();
    Instant simulated = course.at(now);
    return simulated.isBefore(now) ? simulated : now;
  }

  /** Moves on to a moment while history is loaded; earlier moments and a running clock are left. */
  public synchronized void advanceTo(Instant moment) {
    if (course.speed == 0 && moment.isAfter(course.simulated)) {
      Instant now = real.instant();
      course = new Course(moment.isAfter(now) ? now : moment, now, 0);
    }
  }

  /** Lets time run from where it stands, at so many times the real speed. */
  public synchronized void run(double speed) {
    if (!(speed >= 1 && speed <= 100_000)) {
      throw new IllegalArgumentException("speed %s, expected from 1 to 100000".formatted(speed));
    }
    course = new Course(instant(), real.instant(), speed);
  }

  /** How many times faster than real time it runs now: 0 while loading, 1 once it has caught up. */
  public double speed() {
    Course now = course;
    return now.speed > 0 && !now.at(real.instant()).isBefore(real.instant()) ? 1 : now.speed;
  }

  /** Real time until it shows that moment; zero when it does already or stands still. */
  public Duration realUntil(Instant moment) {
    double speed = speed();
    Duration simulated = Duration.between(instant(), moment);
    if (speed == 0 || simulated.isNegative()) {
      return Duration.ZERO;
    }
    return Duration.ofMillis((long) Math.ceil(simulated.toMillis() / speed));
  }
}
