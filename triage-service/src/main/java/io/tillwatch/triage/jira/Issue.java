package io.tillwatch.triage.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An issue as far as we look at it.
 *
 * @param status name of its status
 * @param done whether the status is of the category that counts as done
 * @param files names of its attachments
 */
record Issue(String key, String status, boolean done, Optional<Mark> mark, List<String> files) {

  private static final Pattern KEY = Pattern.compile("([A-Z][A-Z0-9_]{0,254})-([1-9][0-9]{0,17})");
  private static final String CATEGORY_DONE = "done";

  Issue {
    files = List.copyOf(files);
  }

  /** Reads an issue of an answer; what was not asked for is empty. */
  static Issue read(JsonNode issue) {
    JsonNode fields = issue.path("fields");
    List<String> files = new ArrayList<>();
    fields.path("attachment").forEach(file -> files.add(file.path("filename").asText()));
    JsonNode status = fields.path("status");
    return new Issue(
        issue.path("key").asText(),
        status.path("name").asText(),
        isDone(status),
        Mark.read(issue.path("properties").path(Mark.PROPERTY)),
        files);
  }

  /** Whether a status is of the category that counts as done. */
  static boolean isDone(JsonNode status) {
    return CATEGORY_DONE.equals(status.path("statusCategory").path("key").asText());
  }

  /** Whether it is the issue of that incident. */
  boolean isOf(String incidentId) {
    return mark.filter(known -> known.incident().equals(incidentId)).isPresent();
  }

  /** Whether a text is a key, such as {@code PAY-7}: what a twin called a ticket is none. */
  static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }

  /** The number of a key; 0 for a text that is none. */
  static long number(String key) {
    Matcher matcher = KEY.matcher(key);
    return matcher.matches() ? Long.parseLong(matcher.group(2)) : 0;
  }
}
