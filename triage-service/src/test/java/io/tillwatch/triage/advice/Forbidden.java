package io.tillwatch.triage.advice;

import java.util.regex.Pattern;

/** What no text of a model may hold when people see it; written apart from what takes it out. */
final class Forbidden {

  private static final Pattern SIGNS = Pattern.compile("[<>{}\\[\\]|`\\\\^~*#@$&=\"]");
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]");
  private static final Pattern LINK =
      Pattern.compile("://|//|\\p{L}+:\\p{L}|[\\p{L}\\p{N}]\\.\\p{L}|^[=+@-]");

  private Forbidden() {}

  static boolean isWords(String text) {
    return !SIGNS.matcher(text).find()
        && !UNSEEN.matcher(text).find()
        && !LINK.matcher(text).find();
  }
}
