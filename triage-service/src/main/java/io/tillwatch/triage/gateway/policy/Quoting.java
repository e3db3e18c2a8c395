package io.tillwatch.triage.gateway.policy;

import io.tillwatch.triage.gateway.redact.Redactor;
import io.tillwatch.triage.wire.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Free text as data: {@code <data kfjabcdmnpea>…</data kfjabcdmnpea>}.
 *
 * <p>The delimiter's name is a keyed hash of what stands inside. Whoever wrote the text cannot know
 * it, so that no text can end its own quotation; and the same text is quoted the same, so that
 * answers can be cached and replayed.
 */
final class Quoting {

  /** More of a text is not looked at; many times what any cap leaves of it. */
  private static final int CHARACTERS_READ_MAX = 32 * 1024;

  /** Letters of a delimiter or a hash: 48 bits. */
  private static final int LETTERS = 12;

  /**
   * What people do not see and models read: controls but line breaks, formatting (bidi, zero-width,
   * tags), variation selectors, fillers, private use, unassigned, broken surrogates.
   */
  private static final Pattern UNSEEN =
      Pattern.compile(
          "[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}\\x{FE00}-\\x{FE0F}"
              + "\\x{E0100}-\\x{E01EF}\\x{115F}\\x{1160}\\x{3164}\\x{FFA0}\\x{2800}&&[^\\n]]");

  private final Hmac key;

  Quoting(Hmac key) {
    this.key = key;
  }

  /** The text as data, at most so many characters of it. */
  String quote(String text, int charactersMax, Redactor redactor) {
    String seen = seen(text);
    String clean = capped(redactor.redact(seen), charactersMax);
    String name = letters("quote", clean);
    return "<data %s>%s</data %s>".formatted(name, clean, name);
  }

  /** What stands for a text that does not go out. */
  String hash(String text) {
    return "h-" + letters("hash", text);
  }

  static String seen(String text) {
    return UNSEEN.matcher(capped(text, CHARACTERS_READ_MAX)).replaceAll("").strip();
  }

  private static String capped(String text, int charactersMax) {
    if (text.length() <= charactersMax) {
      return text;
    }
    int end = charactersMax - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /** Letters from a to p: without digits nothing takes them for a number of somebody's. */
  private String letters(String use, String text) {
    byte[] mac =
        key.of(
            use.getBytes(StandardCharsets.UTF_8),
            new byte[1],
            text.getBytes(StandardCharsets.UTF_8));
    StringBuilder letters = new StringBuilder(LETTERS);
    for (int i = 0; i < LETTERS / 2; i++) {
      letters.append((char) ('a' + (mac[i] >> 4 & 0xf))).append((char) ('a' + (mac[i] & 0xf)));
    }
    return letters.toString();
  }
}
