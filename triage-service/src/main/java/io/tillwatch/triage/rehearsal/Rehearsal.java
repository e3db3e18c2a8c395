package io.tillwatch.triage.rehearsal;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.triage.incident.IncidentDesk;
import io.tillwatch.triage.link.LinkSettings;
import io.tillwatch.triage.link.Links;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Plays the desk and its executors through everything that may go wrong, one seed after another.
 *
 * <p>The same seed is the same play. Thread-safe: plays share nothing but the desk, which keeps
 * nothing.
 */
public final class Rehearsal {

  static {
    TrustedClasses.declare();
  }

  private final IncidentDesk desk =
      new IncidentDesk(
          RuleBook.defaults(), new Links(LinkSettings.local(URI.create("http://localhost:8081"))));
  private final boolean clockJumps;

  /**
   * What a play came to.
   *
   * @param violation the promise that was broken, empty when none was
   * @param decisions of the desk
   * @param attempts of the executors
   * @param pages that the pager rang for
   */
  public record Play(long seed, String violation, int decisions, int attempts, int pages) {
    /** Whether every promise was kept. */
    public boolean clean() {
      return violation.isEmpty();
    }
  }

  /**
   * A stage.
   *
   * @param clockJumps whether the machine's clock is set to and fro by up to two hours
   */
  public Rehearsal(boolean clockJumps) {
    this.clockJumps = clockJumps;
  }

  /** Plays one seed. */
  public Play play(long seed) {
    return play(seed, null);
  }

  /** Plays one seed with a bug planted. */
  public Play play(long seed, @Nullable Bug bug) {
    World world = new World(desk, seed, bug, clockJumps, null);
    return outcome(seed, world);
  }

  private static Play outcome(long seed, World world) {
    String violation = "";
    try {
      world.play();
    } catch (Violation broken) {
      violation = Objects.toString(broken.getMessage());
    } catch (IllegalStateException broken) {
      violation = "error: " + broken.getMessage();
    }
    return new Play(
        seed, violation, world.desk().decided(), world.attempts(), world.pager().pages());
  }

  /** Plays a seed again and tells what happens, one line each. */
  public List<String> story(long seed, @Nullable Bug bug) {
    List<String> lines = new ArrayList<>();
    Play play = outcome(seed, new World(desk, seed, bug, clockJumps, lines::add));
    lines.add(play.clean() ? "every promise was kept" : "BROKEN  " + play.violation());
    return lines;
  }

  /**
   * The first seed from this one on that finds the bug.
   *
   * @return the play that found it, or the last one when none of {@code seeds} does
   */
  public Play find(Bug bug, long from, int seeds) {
    Play play = play(from, bug);
    for (long seed = from + 1; seed < from + seeds && play.clean(); seed++) {
      play = play(seed, bug);
    }
    return play;
  }
}
