package io.tillwatch.triage.statuspage;

import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.outside.WebAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which status pages are read, and how often.
 *
 * @param pages one per PSP
 * @param every time between two looks at one page
 * @param everyMax longest such time while a page cannot be read
 * @param deadline longest time one look may take, body included
 */
public record StatusSettings(
    List<PageSettings> pages, Duration every, Duration everyMax, Duration deadline) {

  /** No page is read. */
  public static final StatusSettings NONE =
      new StatusSettings(
          List.of(), Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofSeconds(10));

  /** Pages of one instance: one waiting thread and one connection each. */
  static final int PAGES_MAX = 100;

  private static final String PAGES = "triage.status-pages";
  private static final String URL = "url";
  private static final String COMPONENTS = "components";

  public StatusSettings {
    pages = List.copyOf(pages);
  }

  /** Reads {@code triage.status-pages} and {@code triage.status-poll}. */
  public static StatusSettings from(Settings settings) {
    Duration every =
        settings.duration(
            "triage.status-poll.every", NONE.every, Duration.ofSeconds(5), Duration.ofHours(1));
    Duration everyMax =
        settings.duration(
            "triage.status-poll.every-max",
            NONE.everyMax,
            Duration.ofSeconds(5),
            Duration.ofHours(6));
    if (everyMax.compareTo(every) < 0) {
      settings.reject(
          "triage.status-poll.every-max", everyMax.toString(), "at least triage.status-poll.every");
      everyMax = every;
    }
    return new StatusSettings(
        pages(settings),
        every,
        everyMax,
        settings.duration(
            "triage.status-poll.deadline",
            NONE.deadline,
            Duration.ofMillis(100),
            Duration.ofMinutes(1)));
  }

  private static List<PageSettings> pages(Settings settings) {
    Map<String, Map<String, String>> byPsp = new TreeMap<>();
    settings
        .section(PAGES)
        .forEach((key, value) -> {
          int dot = key.lastIndexOf('.');
          String name = key.substring(dot + 1);
          if (dot < 1 || !(name.equals(URL) || name.equals(COMPONENTS))) {
            settings.reject(PAGES + "." + key, "unknown", "<psp>.url or <psp>.components");
          } else {
            byPsp
                .computeIfAbsent(key.substring(0, dot), psp -> new LinkedHashMap<>())
                .put(name, value);
          }
        });
    if (byPsp.size() > PAGES_MAX) {
      settings.reject(PAGES, byPsp.size() + " pages", "at most " + PAGES_MAX);
    }
    List<PageSettings> pages = new ArrayList<>();
    byPsp.forEach((psp, keys) -> page(settings, psp, keys).ifPresent(pages::add));
    return pages;
  }

  private static Optional<PageSettings> page(
      Settings settings, String psp, Map<String, String> keys) {
    String url = keys.getOrDefault(URL, "");
    Optional<URI> summary = summary(url);
    if (summary.isEmpty()) {
      settings.reject(
          PAGES + "." + psp + "." + URL, WebAddress.shown(url.strip()), WebAddress.EXPECTED);
    }
    return summary.map(found ->
        new PageSettings(
            psp,
            found,
            Arrays.stream(keys.getOrDefault(COMPONENTS, "").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet())));
  }

  /** The summary's address: the page's own is enough. */
  private static Optional<URI> summary(String url) {
    return WebAddress.parsed(url.strip())
        .map(uri -> {
          String path = uri.getRawPath();
          return path.endsWith(".json")
              ? uri
              : uri.resolve(path.replaceAll("/+$", "") + PageSettings.PATH);
        });
  }
}
