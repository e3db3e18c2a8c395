package io.tillwatch.standalone.evaluate.safety;

import java.util.List;

/**
 * A text in which somebody has marked what may not stay.
 *
 * @param family how it is disguised
 * @param mustKeep what has to stay, once for each entry
 */
record MarkedText(String id, String family, String text, List<Span> spans, List<String> mustKeep) {

  MarkedText {
    spans = List.copyOf(spans);
    mustKeep = List.copyOf(mustKeep);
  }

  /**
   * What may not stay.
   *
   * @param start in UTF-16 units
   * @param canon the digits of a card number; empty for anything else
   * @param part which part of a number that is split, from 0; below 0 for a whole one
   */
  record Span(int start, int end, String type, String canon, int part) {

    boolean isPart() {
      return part >= 0;
    }

    boolean isTrack() {
      return type.startsWith("TRACK");
    }

    boolean isCardNumber() {
      return !canon.isEmpty() && (type.equals("PAN") || isTrack());
    }
  }
}
