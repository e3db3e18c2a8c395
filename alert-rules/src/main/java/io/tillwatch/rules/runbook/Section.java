package io.tillwatch.rules.runbook;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands below one heading of a page: what can be cited of it.
 *
 * @param heading as it reads, for example {@code First moves}
 * @param slug the heading as part of an id, for example {@code first-moves}
 * @param text Markdown below the heading, up to the next one
 */
public record Section(String heading, String slug, String text) {

  private static final String MARK = "## ";
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{Nd}]+");
  private static final Pattern ACCENT = Pattern.compile("\\p{M}+");

  /**
   * The sections of a page, in order. What stands before the first heading belongs to none, and a
   * heading that comes again is told apart by a number.
   */
  public static List<Section> of(String markdown) {
    List<Section> sections = new ArrayList<>();
    List<String> lines = markdown.lines().toList();
    int next = headingFrom(lines, 0);
    while (next < lines.size()) {
      int heading = next;
      next = headingFrom(lines, heading + 1);
      String name = lines.get(heading).substring(MARK.length()).strip();
      String text = lines.subList(heading + 1, next).stream().collect(Collectors.joining("\n"));
      sections.add(new Section(name, free(slug(name), sections), text.strip()));
    }
    return List.copyOf(sections);
  }

  private static int headingFrom(List<String> lines, int from) {
    int line = from;
    while (line < lines.size() && !lines.get(line).startsWith(MARK)) {
      line++;
    }
    return line;
  }

  private static String free(String slug, List<Section> taken) {
    List<String> slugs = taken.stream().map(Section::slug).toList();
    String free = slug;
    for (int number = 2; slugs.contains(free); number++) {
      free = slug + "-" + number;
    }
    return free;
  }

  /** A heading in lower case, words joined by hyphens. */
  static String slug(String heading) {
    String plain =
        ACCENT.matcher(Normalizer.normalize(heading, Normalizer.Form.NFKD)).replaceAll("");
    String joined = NO_WORD.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("-");
    return joined.replaceAll("^-|-$", "");
  }

  /** How it is cited, for example {@code psp-outage#first-moves}. */
  public String idIn(String page) {
    return page + "#" + slug;
  }
}
