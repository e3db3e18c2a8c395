package io.tillwatch.rules.runbook;

import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.playbook.Party;
import io.tillwatch.rules.source.Fields;
import io.tillwatch.rules.source.Place;
import io.tillwatch.rules.source.Problems;
import io.tillwatch.rules.source.YamlText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One page of instructions.
 *
 * @param name file name without its ending, for example {@code psp-outage}
 * @param title one line
 * @param cause class of incident it is for first
 * @param also further classes it is for
 * @param psps PSPs it is for; all of them when empty
 * @param links where whoever reads it has to go, address by name
 * @param owner whose it is to mend
 * @param body Markdown below the front matter
 */
public record Runbook(
    String name,
    String title,
    Cause cause,
    Set<Cause> also,
    Set<String> psps,
    Map<String, String> links,
    Party owner,
    String body) {

  /** What a reader at night looks for, in this order. */
  public static final List<String> SECTIONS =
      List.of("Looks like", "Confirm", "First moves", "Call", "Stop when");

  /** One page is what somebody reads when woken. */
  public static final int LINES_MAX = 60;

  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s/]+\\S*");
  private static final String FENCE = "---";
  private static final int FRONT_LINES_MAX = 20;

  public Runbook {
    also = Set.copyOf(also);
    psps = Set.copyOf(psps);
    links = Map.copyOf(links);
  }

  /** Whether it is written for this class at this very PSP. */
  public boolean isFor(Cause incident, String psp) {
    return (cause == incident || also.contains(incident)) && psps.contains(psp);
  }

  /** What can be cited of it, in order. */
  public List<Section> sections() {
    return Section.of(body);
  }

  /** Reads one; empty, with its problems written down, when it is no runbook. */
  public static Optional<Runbook> read(String file, String text, Problems problems) {
    List<String> lines = text.lines().toList();
    int end = frontMatterEnd(lines);
    if (end < 0) {
      problems.add(new Place(file, 1, 1), "no front matter", "YAML between two lines of " + FENCE);
      return Optional.empty();
    }
    List<String> body = lines.subList(end + 1, lines.size());
    checkBody(file, body, end + 2, problems);
    String front = String.join("\n", lines.subList(1, end));
    return YamlText.read(file, front, 1, problems)
        .map(mapping -> read(nameOf(file), new Fields(mapping, problems), body));
  }

  private static Runbook read(String name, Fields fields, List<String> body) {
    Runbook runbook =
        new Runbook(
            name,
            fields.text("title"),
            fields.oneOf("class", Cause.class),
            fields.has("also") ? Set.copyOf(fields.manyOf("also", Cause.class)) : Set.of(),
            fields.has("psps") ? Set.copyOf(fields.texts("psps")) : Set.of(),
            fields.each("links", Runbook::link),
            fields.oneOf("owner", Party.class),
            String.join("\n", body).strip());
    fields.end();
    return runbook;
  }

  private static String link(Fields links, String name) {
    String address = links.text(name);
    if (!ADDRESS.matcher(address).matches()) {
      links.problem(name, "'" + address + "'", "an http or https address");
    }
    return address;
  }

  private static int frontMatterEnd(List<String> lines) {
    if (lines.isEmpty() || !lines.getFirst().equals(FENCE)) {
      return -1;
    }
    int end = lines.subList(1, Math.min(lines.size(), FRONT_LINES_MAX)).indexOf(FENCE);
    return end < 0 ? -1 : end + 1;
  }

  private static void checkBody(String file, List<String> body, int firstLine, Problems problems) {
    if (body.size() > LINES_MAX) {
      problems.add(
          new Place(file, firstLine, 1), body.size() + " lines", "at most " + LINES_MAX + " lines");
    }
    List<String> sections =
        body.stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3).strip())
            .toList();
    if (!sections.equals(SECTIONS)) {
      problems.add(
          new Place(file, firstLine, 1),
          "sections " + String.join(", ", sections),
          "sections " + String.join(", ", SECTIONS));
    }
  }

  private static String nameOf(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return name.endsWith(".md") ? name.substring(0, name.length() - 3) : name;
  }
}
