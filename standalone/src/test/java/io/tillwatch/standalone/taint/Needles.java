package io.tillwatch.standalone.taint;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds texts in bytes, in every form that one of them could have taken on its way. */
final class Needles {

  private static final int BYTES = 256;
  private static final int EXCERPT = 60;

  /** Bytes that a field's name and its value can be apart. */
  private static final int LABEL_APART_MAX = 12;

  /** What a harmless word is told by, which has to be found. */
  static final String CONTROL = "control";

  private static final String CVV = "CVV by its value";
  private static final String CVV_LABEL = "cvv2";
  private static final String CVV_VALUE = "9083";

  /** One form of one text. */
  private record Needle(String name, byte[] bytes) {}

  private final List<List<Needle>> byFirst = new ArrayList<>();
  private int size;

  /**
   * Looks for these.
   *
   * @param texts by the name that a find is told by
   */
  Needles(Map<String, String> texts) {
    for (int i = 0; i < BYTES; i++) {
      byFirst.add(new ArrayList<>());
    }
    texts.forEach(this::addAll);
    add(CONTROL, Originals.PSP.getBytes(StandardCharsets.US_ASCII));
    add(CVV, CVV_VALUE.getBytes(StandardCharsets.US_ASCII));
  }

  /** All canaries, and these besides. */
  static Needles ofCanaries(Map<String, String> more) {
    Map<String, String> texts = new LinkedHashMap<>(more);
    for (Canary canary : Canary.values()) {
      texts.put(canary.name(), canary.core());
    }
    return new Needles(texts);
  }

  /** How many forms are looked for. */
  int size() {
    return size;
  }

  private void addAll(String name, String text) {
    writings(text).forEach(writing -> forms(writing).forEach(form -> add(name, form)));
  }

  private void add(String name, byte[] form) {
    byFirst.get(form[0] & 0xFF).add(new Needle(name, form));
    size++;
  }

  /** A card number is one however its digits are parted, and in whatever digits. */
  private static List<String> writings(String text) {
    if (!text.chars().allMatch(Character::isDigit)) {
      return List.of(text);
    }
    String wide =
        text.chars()
            .map(digit -> digit - '0' + '\uFF10')
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return List.of(text, wide, parted(text, " "), parted(text, "-"));
  }

  private static String parted(String digits, String sign) {
    return digits.length() == 15
        ? String.join(sign, digits.substring(0, 4), digits.substring(4, 10), digits.substring(10))
        : String.join(sign, digits.split("(?<=\\G.{4})"));
  }

  private static List<byte[]> forms(String text) {
    String url = URLEncoder.encode(text, StandardCharsets.UTF_8);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    Set<String> forms = new LinkedHashSet<>();
    forms.add(text);
    forms.add(url);
    forms.add(url.replace("+", "%20"));
    forms.add(each(text, "\\u%04x"));
    forms.add(each(text, "\\u%04X"));
    forms.add(each(text, "&#%d;"));
    forms.add(HexFormat.of().formatHex(utf8));
    for (int before = 0; before < 3; before++) {
      forms.add(inBase64(utf8, before));
    }
    List<byte[]> bytes = new ArrayList<>();
    forms.forEach(form -> bytes.add(form.getBytes(StandardCharsets.UTF_8)));
    bytes.add(text.getBytes(StandardCharsets.UTF_16LE));
    bytes.add(text.getBytes(StandardCharsets.UTF_16BE));
    return bytes;
  }

  private static String each(String text, String format) {
    return text.chars()
        .mapToObj(c -> String.format(Locale.ROOT, format, c))
        .collect(Collectors.joining());
  }

  /** As it stands in the middle of something encoded, so many bytes behind a group's start. */
  private static String inBase64(byte[] text, int before) {
    byte[] shifted = new byte[before + text.length];
    System.arraycopy(text, 0, shifted, before, text.length);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int first = (before * 8 + 5) / 6;
    int whole = (shifted.length * 8) / 6;
    return encoded.substring(first, whole);
  }

  /** What of it is in there, each with what stands around it. */
  List<String> in(byte[] bytes) {
    List<String> found = new ArrayList<>();
    for (int at = 0; at < bytes.length; at++) {
      for (Needle needle : byFirst.get(bytes[at] & 0xFF)) {
        if (isAt(needle.bytes(), bytes, at)
            && (!needle.name().equals(CVV) || labelled(bytes, at))) {
          found.add("%s in «%s»".formatted(needle.name(), around(bytes, at)));
        }
      }
    }
    return found;
  }

  private static boolean isAt(byte[] needle, byte[] bytes, int at) {
    return at + needle.length <= bytes.length
        && Arrays.equals(needle, 0, needle.length, bytes, at, at + needle.length);
  }

  /** Whether the label stands shortly before. */
  private static boolean labelled(byte[] bytes, int at) {
    String before =
        new String(
            bytes,
            Math.max(0, at - LABEL_APART_MAX),
            Math.min(at, LABEL_APART_MAX),
            StandardCharsets.ISO_8859_1);
    return before.toLowerCase(Locale.ROOT).contains(CVV_LABEL);
  }

  private static String around(byte[] bytes, int at) {
    int from = Math.max(0, at - EXCERPT);
    int to = Math.min(bytes.length, at + EXCERPT);
    return new String(bytes, from, to - from, StandardCharsets.UTF_8)
        .replaceAll("[^\\p{Graph} ]+", ".");
  }
}
