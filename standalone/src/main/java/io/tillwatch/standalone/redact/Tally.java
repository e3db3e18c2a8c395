package io.tillwatch.standalone.redact;

import io.tillwatch.triage.gateway.redact.Finding;
import io.tillwatch.triage.gateway.redact.Redactor;
import io.tillwatch.triage.gateway.redact.SensitiveType;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was read and what was taken out. */
final class Tally {

  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Map<SensitiveType, Long> found = new EnumMap<>(SensitiveType.class);
  private long lines;
  private long bytes;

  void count(Finding finding) {
    found.merge(finding.type(), 1L, Long::sum);
  }

  /** Counts text that was read: its ends of lines, and its bytes in UTF-8. */
  void read(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      lines += c == '\n' ? 1 : 0;
      // Each half of a pair is two of the four bytes.
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
  }

  /** Counts a last line without an end. */
  void unended() {
    lines++;
  }

  /** What goes into the report. */
  Map<String, Object> report(long nanos) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (SensitiveType type : SensitiveType.values()) {
      counts.put(type.name(), found.getOrDefault(type, 0L));
    }
    double seconds = nanos / NANOS_PER_SECOND;
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("policy", Redactor.POLICY);
    report.put("lines", lines);
    report.put("bytes", bytes);
    report.put("found", counts);
    report.put("seconds", seconds);
    report.put("megabytesPerSecond", bytes / BYTES_PER_MEGABYTE / seconds);
    return report;
  }
}
