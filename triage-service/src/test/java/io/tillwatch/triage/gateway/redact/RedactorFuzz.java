package io.tillwatch.triage.gateway.redact;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What must hold of any text, in the form a fuzzer calls: {@code .ci/fuzz-redactor} runs it under
 * Jazzer, {@link RedactorFuzzTest} over the kept inputs.
 */
public final class RedactorFuzz {

  private static final Redactor REDACTOR = new Redactor();

  private RedactorFuzz() {}

  /** Called by the fuzzer at its start: the tables are made before time counts. */
  public static void fuzzerInitialize() {
    check("4111 1111 1111 1111");
  }

  /** Called by the fuzzer, in one thread. */
  public static void fuzzerTestOneInput(byte[] input) {
    check(new String(input, StandardCharsets.UTF_8));
    check(new String(input, StandardCharsets.UTF_16LE));
  }

  private static void check(String text) {
    List<Finding> findings = REDACTOR.find(text);
    int behind = 0;
    for (Finding finding : findings) {
      boolean inOrder = finding.from() >= behind && finding.to() > finding.from();
      if (!inOrder || finding.to() > text.length() || splits(text, finding)) {
        throw new AssertionError("misplaced: " + finding);
      }
      behind = finding.to();
    }
    String once = REDACTOR.redact(text);
    if (!REDACTOR.redact(once).equals(once)) {
      throw new AssertionError("not stable");
    }
    if (lineEnds(once) != lineEnds(text)) {
      throw new AssertionError("lines lost");
    }
  }

  private static boolean splits(String text, Finding finding) {
    return splits(text, finding.from()) || splits(text, finding.to());
  }

  private static boolean splits(String text, int index) {
    return index > 0
        && index < text.length()
        && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
  }

  private static long lineEnds(String text) {
    return text.chars().filter(c -> c == '\n').count();
  }
}
