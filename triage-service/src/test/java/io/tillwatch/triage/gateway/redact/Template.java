package io.tillwatch.triage.gateway.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A family of lines, written as one line of a file: its name, {@code " | "}, and a text with holes.
 *
 * <p>What stands in « » may not be left behind what stands before it, what stands in ‹ › must be.
 * {@code \n}, {@code \t}, {@code \r}, {@code \\} and {@code \}{@code uXXXX} are what they are in
 * Java. Holes: {@code ${pan}}, {@code ${pan 0 6}} (some of its digits), {@code ${by 4 -}} (in
 * fours, with something between), {@code ${map - %3#}} (each digit, with something between; # is
 * the digit, ␣ a space), {@code ${from 0660}} (in the script that has its zero there), {@code
 * ${words zero one two ...}}, {@code ${back}} (from its end), {@code ${n 3}} and {@code ${x 16}}
 * (any digits), {@code ${base64 ...}}, {@code ${base64url ...}}, {@code ${base32 ...}}, {@code
 * ${hex ...}}; {@code ${is amex}} and others at the very beginning choose the kind of card.
 */
final class Template {

  private static final int CONTEXT = 8;

  private final String source;
  private final RandomGenerator random;
  private final String pan;
  private final StringBuilder text = new StringBuilder();
  private final List<String> gone = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private int context;
  private int mark;

  private Template(String source, RandomGenerator random, String pan) {
    this.source = source;
    this.random = random;
    this.pan = pan;
  }

  /** The families of a file beside this class; lines that begin with a number sign are remarks. */
  static List<Sample.Family> families(String file) {
    try (InputStream in = Template.class.getResourceAsStream(file)) {
      return new String(requireNonNull(in, file).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Template::family)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sample.Family family(String line) {
    int bar = line.indexOf(" | ");
    String source = unescaped(line.substring(bar + 3));
    return new Sample.Family(
        line.substring(0, bar).strip(), (random, pan) -> sample(source, random, pan));
  }

  private static String unescaped(String line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      c = line.charAt(++i);
      if (c == 'u') {
        text.append((char) Integer.parseInt(line, i + 1, i + 5, 16));
        i += 4;
      } else {
        text.append(c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c);
      }
    }
    return text.toString();
  }

  private static Sample sample(String source, RandomGenerator random, String pan) {
    String rest = source;
    String card = pan;
    if (source.startsWith("${is ")) {
      int end = source.indexOf('}');
      card = kind(source.substring(5, end), random, pan);
      rest = source.substring(end + 1);
    }
    Template template = new Template(rest, random, card);
    template.fill();
    boolean shown =
        rest.contains("${pan")
            || rest.contains("${by")
            || rest.contains("${map")
            || rest.contains("${from")
            || rest.contains("${words");
    return new Sample(template.text.toString(), shown ? card : "", template.gone, template.kept);
  }

  private static String kind(String name, RandomGenerator random, String pan) {
    return switch (name) {
      case "amex" -> TestCards.amex(random);
      case "visa" -> TestCards.card(random, "401288", 16);
      case "long" -> TestCards.card(random, "622848", 19);
      case "diners" -> TestCards.card(random, "361234", 14);
      case "maestro12" -> TestCards.card(random, "676700", 12);
      case "maestro13" -> TestCards.card(random, "589300", 13);
      case "wrong" -> pan.substring(0, 15) + (char) ('0' + (pan.charAt(15) - '0' + 1) % 10);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private void fill() {
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '$' && i + 1 < source.length() && source.charAt(i + 1) == '{') {
        int end = close(source, i + 1);
        text.append(hole(source.substring(i + 2, end)));
        i = end;
      } else if (c == '\u00AB' || c == '\u2039') {
        mark = text.length();
      } else if (c == '\u00BB') {
        gone.add(text.substring(Math.max(context, mark - CONTEXT)));
        context = text.length();
      } else if (c == '\u203A') {
        kept.add(text.substring(mark));
      } else {
        text.append(c);
      }
    }
  }

  private static int close(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException(text);
  }

  private String hole(String hole) {
    String[] word = hole.split(" ", 3);
    return switch (word[0]) {
      case "pan" ->
          word.length == 1
              ? pan
              : pan.substring(
                  Integer.parseInt(word[1]), Math.min(pan.length(), Integer.parseInt(word[2])));
      case "by" -> String.join(spaced(word[2]), pan.split("(?<=\\G.{%s})".formatted(word[1])));
      case "map" -> Disguises.each(pan, d -> spaced(word[2]).replace("#", "" + d), spaced(word[1]));
      case "from" ->
          Disguises.each(pan, d -> Character.toString(Integer.parseInt(word[1], 16) + d), "");
      case "words" -> {
        String[] words = hole.substring(6).split(" ");
        yield Disguises.each(pan, d -> words[d + 1], spaced(words[0]));
      }
      case "back" -> new StringBuilder(pan).reverse().toString();
      case "n" -> TestCards.digits(random, Integer.parseInt(word[1]));
      case "x" -> TestCards.hex(random, Integer.parseInt(word[1]));
      default -> encoded(word[0], hole.substring(word[0].length() + 1));
    };
  }

  /** A blank symbol stands for a space, a tilde for nothing. */
  private static String spaced(String text) {
    return text.replace("~", "").replace('\u2423', ' ');
  }

  private String encoded(String how, String inner) {
    Template template = new Template(inner, random, pan);
    template.fill();
    byte[] bytes = template.text.toString().getBytes(UTF_8);
    return switch (how) {
      case "base64" -> Base64.getEncoder().encodeToString(bytes);
      case "base64url" -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      case "base32" -> base32(bytes);
      case "hex" -> HexFormat.of().formatHex(bytes);
      case "HEX" -> HexFormat.of().withUpperCase().formatHex(bytes);
      default -> throw new IllegalArgumentException(how);
    };
  }

  private static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int count = 0;
    for (byte b : bytes) {
      bits = bits << 8 | b & 0xFF;
      for (count += 8; count >= 5; count -= 5) {
        text.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(bits >> count - 5 & 31));
      }
    }
    return count == 0
        ? text.toString()
        : text.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(bits << 5 - count & 31)).toString();
  }
}
