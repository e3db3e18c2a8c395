package io.tillwatch.standalone.taint;

import java.util.List;
import java.util.Locale;

/** What may be nowhere but where it was put in; each has a core that is looked for. */
enum Canary {
  /** As software writes it. */
  PAN("4111111111111111", "4111111111111111"),
  /** As it is printed. */
  PAN_IN_GROUPS("5555 5555 5555 4444", "5555555555554444"),
  /** With other signs between, and of another length. */
  PAN_WITH_DASHES("3782-822463-10005", "378282246310005"),
  /** In digits of full width. */
  PAN_WIDE(
      "\uFF16\uFF10\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11"
          + "\uFF11\uFF17",
      "6011111111111117"),
  /** Behind its label: alone it is any number. */
  CVV("CVV2: 9083", "CVV2: 9083"),
  /** Its number says which place it was put in. */
  EMAIL("t%d@canary-s3.example", "canary-s3.example"),
  /** As a bearer's token is written. */
  SECRET("sk_live_S3canaryTaint5tN8bWq2Zx7Kd", "S3canaryTaint5tN8bWq2Zx7Kd");

  private static final List<Canary> ALL = List.of(values());

  private final String text;
  private final String core;

  Canary(String text, String core) {
    this.text = text;
    this.core = core;
  }

  /** As it is put into a place of this number. */
  String text(int place) {
    return this == EMAIL ? String.format(Locale.ROOT, text, place) : text;
  }

  /** What is left of it however it was put. */
  String core() {
    return core;
  }

  boolean isCardNumber() {
    return ordinal() <= PAN_WIDE.ordinal();
  }

  /** The one after so many others. */
  Canary after(int others) {
    return ALL.get((ordinal() + others) % ALL.size());
  }
}
