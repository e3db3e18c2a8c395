package io.tillwatch.triage.library;

import io.tillwatch.rules.runbook.Runbook;
import io.tillwatch.rules.runbook.Section;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of the library.
 *
 * @param name what its passages' ids begin with
 * @param title one line
 * @param subject what it is about in further words: they are searched like the title
 * @param nicknames what people call it
 * @param passages what can be cited of it, in order
 */
record Page(String name, String title, String subject, String nicknames, List<Passage> passages) {

  private static final String TITLE = "# ";
  private static final String FENCE = "---";

  Page {
    passages = List.copyOf(passages);
  }

  /** A runbook; its classes are its subject. */
  static Page of(Runbook runbook) {
    StringBuilder subject = new StringBuilder(runbook.name()).append(' ');
    subject.append(runbook.cause().label());
    runbook.also().forEach(cause -> subject.append(' ').append(cause.label()));
    runbook.psps().forEach(psp -> subject.append(' ').append(psp));
    String nicknames =
        Stream.concat(Stream.of(runbook.cause()), runbook.also().stream())
            .map(Nicknames::of)
            .collect(Collectors.joining("\n"));
    return new Page(
        runbook.name(),
        runbook.title(),
        subject.toString(),
        nicknames,
        passages(runbook.name(), runbook.title(), runbook.sections()));
  }

  /**
   * A document; empty when it has no section that could be cited.
   *
   * @param name its file's without ending
   */
  static Optional<Page> of(String name, String markdown) {
    String body = withoutFrontMatter(markdown.strip());
    String title =
        body.lines()
            .filter(line -> line.startsWith(TITLE))
            .findFirst()
            .map(line -> line.substring(TITLE.length()).strip())
            .orElse(name);
    List<Passage> passages = passages(name, title, Section.of(body));
    return passages.isEmpty()
        ? Optional.empty()
        : Optional.of(new Page(name, title, name, "", passages));
  }

  private static String withoutFrontMatter(String markdown) {
    int end = markdown.indexOf("\n" + FENCE, FENCE.length());
    return markdown.startsWith(FENCE) && end >= 0
        ? markdown.substring(end + 1 + FENCE.length())
        : markdown;
  }

  private static List<Passage> passages(String name, String title, List<Section> sections) {
    return sections.stream()
        .filter(section -> !section.text().isEmpty())
        .map(section -> new Passage(section.idIn(name), title, section.heading(), section.text()))
        .toList();
  }
}
