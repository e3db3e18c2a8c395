package io.tillwatch.topology.backtest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What really happened in a recording, from its {@code labels.json}.
 *
 * @param minutes of the recording
 * @param warmUpMinutes at its beginning that are learned from and not scored
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Labels(
    int minutes, @JsonProperty("warmup_minutes") int warmUpMinutes, List<LabelledEvent> events) {

  /** What an event is to the detector. */
  enum Role {
    /** The success rate fell: to be found. */
    @JsonProperty("sr")
    RATE,
    /** Something else went wrong: to be found by another measure. */
    @JsonProperty("side")
    SIDE,
    /** Nothing is wrong: not to be alerted. */
    @JsonProperty("trap")
    TRAP,
    /** A whole day of unusual traffic; not scored by itself, what is told on it is false. */
    @JsonProperty("trap_day")
    TRAP_DAY
  }

  /**
   * One event.
   *
   * @param start first minute
   * @param end minute after the last
   * @param rootCause cells, joined by {@code ;}
   * @param causes the same as values by dimension name; the empty one is all
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record LabelledEvent(
      @JsonProperty("cls") Role role,
      String type,
      int start,
      int end,
      @JsonProperty("root_cause") String rootCause,
      List<Map<String, String>> causes) {

    /** Whether a minute is one of it, or one of so many after it. */
    boolean isNear(int minute, int after) {
      return start <= minute && minute <= end + after;
    }

    boolean isIncomplete() {
      return Stream.of(role, type, rootCause, causes).anyMatch(Objects::isNull)
          || causes.stream().anyMatch(Objects::isNull)
          || end < start;
    }
  }

  /**
   * The labels in a folder, if it has any.
   *
   * @throws IOException when the file is none
   */
  static Optional<Labels> in(Path folder) throws IOException {
    Path file = folder.resolve("labels.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Labels labels = JsonMapper.builder().build().readValue(file.toFile(), Labels.class);
      String wrong = labels == null ? "the file says nothing" : labels.wrong();
      if (wrong != null) {
        throw new IOException("%s: %s".formatted(file, wrong));
      }
      return Optional.of(labels);
    } catch (JsonProcessingException e) {
      throw new IOException("%s: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  private @Nullable String wrong() {
    if (minutes > Recording.MINUTES_MAX) {
      return "'minutes' is more than %d".formatted(Recording.MINUTES_MAX);
    }
    if (warmUpMinutes < 0 || minutes <= warmUpMinutes) {
      return "'minutes' is not above 'warmup_minutes'";
    }
    if (events == null
        || events.stream().anyMatch(event -> event == null || event.isIncomplete())) {
      return "expected 'events', each with cls, type, start, end, root_cause and causes";
    }
    return of(Role.RATE).isEmpty() ? "expected an event of cls 'sr' at least" : null;
  }

  List<LabelledEvent> of(Role role) {
    return events.stream().filter(event -> event.role == role).toList();
  }
}
