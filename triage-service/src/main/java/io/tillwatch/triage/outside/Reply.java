package io.tillwatch.triage.outside;

import io.tillwatch.triage.act.Delivery;
import java.net.http.HttpHeaders;
import java.time.Duration;

/** How one request ended. Nothing in it holds a secret of ours. */
public sealed interface Reply {

  /**
   * The other side answered.
   *
   * @param body as text, our secrets taken out; empty when it was encoded
   * @param cut whether there was more than was to be read
   * @param after what Retry-After says; zero when it says nothing
   */
  record Answered(int status, HttpHeaders headers, String body, boolean cut, Duration after)
      implements Reply {

    /** Whether it is a 2xx. */
    public boolean ok() {
      return status / 100 == 2;
    }

    /** Status and the begin of the body in one line, for the record. */
    public String detail() {
      String said = Scrub.line(body);
      return said.isEmpty() ? "HTTP " + status : "HTTP %d: %s".formatted(status, said);
    }
  }

  /**
   * There was no whole answer within the deadline.
   *
   * @param mayHaveHappened whether the request may have reached the other side
   */
  record Unanswered(String why, boolean mayHaveHappened) implements Reply {}

  /** The request did not go out: a limit would be broken, or the other side is left alone. */
  record NotSent(Delivery why) implements Reply {}
}
