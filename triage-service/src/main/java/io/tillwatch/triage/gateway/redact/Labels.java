package io.tillwatch.triage.gateway.redact;

/** Recognises the labels that stand where something was taken out. */
final class Labels {

  private static final SensitiveType[] TYPES = SensitiveType.values();

  private Labels() {}

  /** Length of the label that begins here, or 0. */
  static int lengthAt(CharSequence text, int at) {
    for (SensitiveType type : TYPES) {
      if (startsWith(text, at, type.label())) {
        return type.label().length();
      }
    }
    return 0;
  }

  private static boolean startsWith(CharSequence text, int at, String label) {
    if (text.length() - at < label.length()) {
      return false;
    }
    for (int i = 1; i < label.length(); i++) {
      if (text.charAt(at + i) != label.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
