package io.tillwatch.triage.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.triage.statuspage.Summary.Part;
import io.tillwatch.triage.statuspage.Summary.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Goal: every change of a page is told once, in its own words, and nothing else.
 *
 * <p>Method: a table of summaries before and now, its last column what must be told.
 */
class NoticesTest {

  private static final Instant NOW = at("10:00");
  private static final Pattern TROUBLE =
      Pattern.compile("!(\\w+)=(\\w+)/(\\w+)@([0-9:]+)(?:\\(([\\w,]+)\\))?");

  static {
    TrustedClasses.declare();
  }

  @TestFactory
  Stream<DynamicTest> pagesAreTold() throws IOException {
    return rows().map(row -> DynamicTest.dynamicTest(row, () -> check(row)));
  }

  private static Stream<String> rows() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(NoticesTest.class.getResourceAsStream("notices.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> line.contains("|") && !line.startsWith("#")).toList().stream();
    }
  }

  private static void check(String row) {
    List<String> columns = Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
    Set<String> only = new HashSet<>();
    String before = columns.get(0);
    if (before.startsWith("only=")) {
      only.add(before.substring("only=".length(), before.indexOf(' ')));
      before = before.substring(before.indexOf(' ') + 1);
    }
    assertThat(told(page(only), summary(before), summary(columns.get(1))))
        .isEqualTo(columns.get(2));
  }

  private static String told(PageSettings page, @Nullable Summary before, @Nullable Summary now) {
    return Notices.between(page, before, Objects.requireNonNull(now), NOW).stream()
        .map(notice ->
            "%s %s \"%s\" @%s"
                .formatted(
                    notice.getIndicator(),
                    Objects.requireNonNullElse(notice.getComponent(), "*"),
                    notice.getTitle(),
                    notice.getEventTime().toString().substring(11, 16)))
        .collect(Collectors.joining("; "));
  }

  @Test
  void aPollerThatStartsAgainSaysNothingNew() {
    Summary well = Objects.requireNonNull(summary("cards=operational@01:00"));
    Summary ill =
        Objects.requireNonNull(
            summary("cards=partial_outage@09:00 !p1=investigating/major@09:01(wallets)"));

    List<StatusEvent> first = Notices.between(page(Set.of()), well, ill, NOW);
    List<StatusEvent> again = Notices.between(page(Set.of()), null, ill, NOW.plusSeconds(60));

    assertThat(first).hasSize(2).isEqualTo(again);
    assertThat(first).map(StatusEvent::getEventId).doesNotHaveDuplicates();
  }

  @Test
  void idsFitTheSchemaAndHoldNoDigits() {
    String longest = "x".repeat(256);
    Summary ill =
        new Summary(
            Map.of(
                longest, new Part(longest, longest, "partial_outage", StatusIndicator.MAJOR, NOW)),
            Map.of());

    StatusEvent notice = Notices.between(page(Set.of()), null, ill, NOW).getFirst();

    assertThat(notice.getEventId()).matches("statuspage-[a-p]{32}");
    assertThat(notice.getTitle()).hasSize(256).endsWith("…: partial outage");
  }

  private static PageSettings page(Set<String> only) {
    return new PageSettings("northpay", URI.create("https://status.northpay.example"), only);
  }

  private static @Nullable Summary summary(String text) {
    if (text.equals("?")) {
      return null;
    }
    Map<String, Part> parts = new HashMap<>();
    Map<String, Trouble> troubles = new HashMap<>();
    for (String word : text.split("\\s+")) {
      Matcher trouble = TROUBLE.matcher(word);
      if (trouble.matches()) {
        troubles.put(trouble.group(1), trouble(trouble));
      } else if (!word.equals("-")) {
        String name = word.substring(0, word.indexOf('='));
        parts.put("id-" + name, part(name, word.substring(name.length() + 1)));
      }
    }
    return new Summary(parts, troubles);
  }

  private static Part part(String name, String state) {
    String status = state.substring(0, state.indexOf('@'));
    StatusIndicator indicator =
        switch (status) {
          case "operational" -> StatusIndicator.NONE;
          case "degraded_performance" -> StatusIndicator.MINOR;
          case "partial_outage" -> StatusIndicator.MAJOR;
          case "major_outage" -> StatusIndicator.CRITICAL;
          case "under_maintenance" -> StatusIndicator.MAINTENANCE;
          default -> StatusIndicator.UNKNOWN;
        };
    return new Part("id-" + name, name, status, indicator, at(state.split("@")[1]));
  }

  private static Trouble trouble(Matcher words) {
    String touched = words.group(5);
    return new Trouble(
        words.group(1),
        words.group(1),
        words.group(2),
        StatusIndicator.valueOf(words.group(3).toUpperCase(Locale.ROOT)),
        at(words.group(4)),
        at("08:00"),
        null,
        touched == null
            ? Map.of()
            : Arrays.stream(touched.split(","))
                .collect(Collectors.toMap(name -> "id-" + name, name -> name)));
  }

  private static Instant at(String time) {
    return Instant.parse("2026-11-20T" + time + ":00Z");
  }
}
