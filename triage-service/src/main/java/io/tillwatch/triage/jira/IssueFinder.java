package io.tillwatch.triage.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.triage.jira.CreateOnce.Sight;
import io.tillwatch.triage.outside.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * Looks for the issue of an incident that we do not know the key of, in two ways.
 *
 * <p>The search finds it by its label once it is indexed, however old it is. What is not indexed
 * yet is found by a walk: keys of a project are counted up, so an issue that was made for an action
 * has a key above that of any issue made before the action was decided. Such an older issue is
 * found by a search, for which it makes no difference how far the index lags behind: that only
 * makes the walk longer. Each key above it is then read from where issues are stored, up to where
 * there are none.
 *
 * <p>A walk counts as having seen all only if it has seen the issue that it starts from, came to
 * the end within its limits, and the project can be seen at all. Stateless.
 */
final class IssueFinder {

  /** Added to the age of an action, for clocks that differ and for minutes that are cut off. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  /**
   * Of the longest time that a request may take, which is just below that of an attempt, a look
   * begins no further request after one part in so many: the attempt it belongs to ends by itself.
   */
  private static final int SHARE = 2;

  /** Keys that one walk reads at most where they are read one by one. */
  static final int SINGLE_MAX = 150;

  /** Keys that one walk reads at most where many are read at a time. */
  static final int BULK_KEYS_MAX = 40 * JiraClient.BULK_MAX;

  /** Keys in a row without an issue after which there are none, where they are read one by one. */
  static final int GAP_MAX = 10;

  private static final int HITS_MAX = 5;

  /**
   * Issues from before of which the one with the lowest key is taken: one that was moved here from
   * another project is old and has a new key.
   */
  private static final int OLDER_MAX = 10;

  private static final int NOT_FOUND = 404;

  private final JiraClient client;
  private final boolean bulk;
  private final boolean labelled;
  private final LongSupplier ticker;
  private final long nanosMax;

  IssueFinder(JiraClient client, JiraSettings settings, LongSupplier ticker) {
    this.client = client;
    this.bulk = settings.edition() == JiraEdition.CLOUD;
    this.labelled = settings.fields().label();
    this.ticker = ticker;
    this.nanosMax = settings.door().deadline().dividedBy(SHARE).toNanos();
  }

  /** What one request told: an issue, that the walk is over, or what kept it from being seen. */
  private sealed interface Step {
    record Hit(String key) implements Step {}

    record Seen(boolean first, boolean any) implements Step {}

    record Failed(Reply reply) implements Step {}
  }

  /** One look. */
  Look look(Action action, String project, Instant now) {
    long start = ticker.getAsLong();
    Reply visible = client.project(project);
    if (!(visible instanceof Reply.Answered answer && answer.ok())) {
      return blind(visible);
    }
    Reply indexed =
        client.search(
            "project = \"%s\" AND %s".formatted(project, own(action.getIncidentId())), HITS_MAX);
    Optional<List<String>> hits = keys(indexed);
    if (hits.isEmpty()) {
      return blind(indexed);
    }
    for (String key : hits.get()) {
      Step step = one(key, action.getIncidentId());
      if (step instanceof Step.Hit hit) {
        return new Look.Found(hit.key());
      }
      if (step instanceof Step.Failed failed) {
        return blind(failed.reply());
      }
    }
    return fromBefore(action, project, now, start);
  }

  /** What the search knows it by; whose issue it is, only the mark says. */
  private String own(String incidentId) {
    return labelled
        ? "labels = \"%s\"".formatted(Mark.label(incidentId))
        : "summary ~ \"\\\"%s\\\"\"".formatted(incidentId);
  }

  private Look fromBefore(Action action, String project, Instant now, long start) {
    Duration age = Duration.between(action.getCreatedAt(), now);
    long minutes = Math.max(0, age.toMinutes()) + MARGIN.toMinutes();
    Reply before =
        client.search(
            "project = \"%s\" AND created <= \"-%dm\" ORDER BY created DESC"
                .formatted(project, minutes),
            OLDER_MAX);
    Optional<List<String>> older = keys(before);
    if (older.isEmpty()) {
      return blind(before);
    }
    long floor = older.get().stream().mapToLong(Issue::number).min().orElse(0);
    return bulk
        ? walkInBulk(action.getIncidentId(), project, floor, start)
        : walkOneByOne(action.getIncidentId(), project, floor, start);
  }

  private Look walkInBulk(String incidentId, String project, long floor, long start) {
    long from = Math.max(1, floor);
    for (long next = from; next < from + BULK_KEYS_MAX; next += JiraClient.BULK_MAX) {
      Step step = many(project, next, floor, incidentId);
      switch (step) {
        case Step.Hit hit -> {
          return new Look.Found(hit.key());
        }
        case Step.Failed failed -> {
          return blind(failed.reply());
        }
        case Step.Seen seen -> {
          if (next == from && !seen.first()) {
            return new Look.None(Sight.INDEX);
          }
          if (!seen.any()) {
            return new Look.None(Sight.ALL);
          }
        }
      }
      if (ticker.getAsLong() - start > nanosMax) {
        break;
      }
    }
    return new Look.None(Sight.INDEX);
  }

  private Look walkOneByOne(String incidentId, String project, long floor, long start) {
    int gap = 0;
    long from = Math.max(1, floor);
    for (long next = from; next < from + SINGLE_MAX; next++) {
      Step step = one(project + "-" + next, incidentId);
      switch (step) {
        case Step.Hit hit -> {
          return new Look.Found(hit.key());
        }
        case Step.Failed failed -> {
          return blind(failed.reply());
        }
        case Step.Seen seen -> {
          if (next == floor && !seen.any()) {
            return new Look.None(Sight.INDEX);
          }
          gap = seen.any() ? 0 : gap + 1;
        }
      }
      if (gap >= GAP_MAX) {
        return new Look.None(Sight.ALL);
      }
      if (ticker.getAsLong() - start > nanosMax) {
        break;
      }
    }
    return new Look.None(Sight.INDEX);
  }

  private Step one(String key, String incidentId) {
    Reply reply = client.issue(key, "summary");
    if (!(reply instanceof Reply.Answered answer)) {
      return new Step.Failed(reply);
    }
    if (answer.status() == NOT_FOUND) {
      return new Step.Seen(false, false);
    }
    Issue issue = Issue.read(JiraClient.json(answer));
    if (!answer.ok() || issue.key().isEmpty()) {
      return new Step.Failed(reply);
    }
    return issue.isOf(incidentId) ? new Step.Hit(issue.key()) : new Step.Seen(true, true);
  }

  /** Reads so many keys from one on; the first of them is known to be there if it is the floor. */
  private Step many(String project, long from, long floor, String incidentId) {
    List<String> keys =
        LongStream.range(from, from + JiraClient.BULK_MAX)
            .mapToObj(number -> project + "-" + number)
            .toList();
    Reply reply = client.bulk(keys);
    if (!(reply instanceof Reply.Answered answer && answer.ok())) {
      return new Step.Failed(reply);
    }
    JsonNode issues = JiraClient.json(answer).path("issues");
    if (!issues.isArray()) {
      return new Step.Failed(reply);
    }
    List<Issue> read = new ArrayList<>();
    issues.forEach(issue -> read.add(Issue.read(issue)));
    Optional<Issue> own = read.stream().filter(issue -> issue.isOf(incidentId)).findFirst();
    if (own.isPresent()) {
      return new Step.Hit(own.get().key());
    }
    boolean first = floor == 0 || read.stream().anyMatch(i -> Issue.number(i.key()) == floor);
    return new Step.Seen(first, !read.isEmpty());
  }

  /** The keys that a search found; empty when there is no answer that can be read. */
  private static Optional<List<String>> keys(Reply reply) {
    if (!(reply instanceof Reply.Answered answer && answer.ok())) {
      return Optional.empty();
    }
    JsonNode issues = JiraClient.json(answer).path("issues");
    if (!issues.isArray()) {
      return Optional.empty();
    }
    List<String> keys = new ArrayList<>();
    issues.forEach(issue -> keys.add(issue.path("key").asText()));
    return Optional.of(keys.stream().filter(Issue::isKey).toList());
  }

  private static Look blind(Reply reply) {
    return new Look.Blind(JiraClient.unread(reply));
  }
}
