package io.tillwatch.triage.outside;

import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Reach;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which answers are worth another attempt, as the vendor's page says.
 *
 * <p>The first row that holds the status counts. A status without a row: 2xx is done, 407, 408,
 * 425, 429 and 5xx are tried again, so are redirects (a login page or a relay in the way, not an
 * answer of the other side), any other 4xx is refused. Immutable and thread-safe.
 */
public final class RetryTable {

  /** What a status means. */
  public enum Fate {
    /** The other side has it. */
    DONE,
    /** Worth another attempt. */
    RETRY,
    /** Never in this form. */
    REFUSED
  }

  /** Of the 4xx: what a proxy says for itself, and what is over in a while. */
  private static final Set<Integer> AGAIN = Set.of(407, 408, 425, 429);

  private record Row(int from, int to, Fate fate) {}

  private final URI page;
  private final List<Row> rows;

  private RetryTable(URI page, List<Row> rows) {
    this.page = page;
    this.rows = List.copyOf(rows);
  }

  /** An empty table of what this page of the vendor says. */
  public static RetryTable citing(String page) {
    return new RetryTable(URI.create(page), List.of());
  }

  /** The table with a row for one status. */
  public RetryTable and(int status, Fate fate) {
    return and(status, status, fate);
  }

  /** The table with a row for the statuses from one to the other, both included. */
  public RetryTable and(int from, int to, Fate fate) {
    List<Row> more = new ArrayList<>(rows);
    more.add(new Row(from, to, fate));
    return new RetryTable(page, more);
  }

  /** What the status means. */
  public Fate of(int status) {
    return rows.stream()
        .filter(row -> row.from <= status && status <= row.to)
        .map(Row::fate)
        .findFirst()
        .orElseGet(() -> unlisted(status));
  }

  private static Fate unlisted(int status) {
    return switch (status / 100) {
      case 2 -> Fate.DONE;
      case 4 -> AGAIN.contains(status) ? Fate.RETRY : Fate.REFUSED;
      default -> Fate.RETRY;
    };
  }

  /** How an attempt ended whose last request ended so; a done one has no external id. */
  public Delivery delivery(Reply reply) {
    return switch (reply) {
      case Reply.NotSent held -> held.why();
      case Reply.Unanswered silence -> new Delivery.Retry(silence.why(), Duration.ZERO);
      case Reply.Answered answer ->
          switch (of(answer.status())) {
            case DONE -> new Delivery.Done(null, answer.detail());
            case RETRY -> new Delivery.Retry(answer.detail(), answer.after());
            case REFUSED -> new Delivery.Refused(answer.detail());
          };
    };
  }

  /** What the end of a harmless request says about the other side: a held one says nothing. */
  public Reach reach(Reply reply) {
    return switch (delivery(reply)) {
      case Delivery.Done _, Delivery.Held _, Delivery.Off _ -> Reach.FINE;
      case Delivery.Retry away -> new Reach(false, away.detail());
      case Delivery.Refused refused -> new Reach(false, refused.detail());
    };
  }

  /** The vendor's page. */
  public URI page() {
    return page;
  }
}
