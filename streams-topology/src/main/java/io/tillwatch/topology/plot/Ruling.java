package io.tillwatch.topology.plot;

/** How an event was dealt with, or what an incident was worth. */
public enum Ruling {
  /** Reported in time. */
  FOUND("found", Tone.GOOD),
  /** To be reported, and was not. */
  MISSED("missed", Tone.BAD),
  /** Nothing was wrong, and nothing was told. */
  SILENT("kept silent", Tone.GOOD),
  /** Nothing was wrong, and somebody was told. */
  ALERTED("alerted on a trap", Tone.BAD),
  /** An incident that belongs to nothing that happened. */
  FALSE("false alarm", Tone.BAD),
  /** The protocol says nothing of it, or nobody labelled it. */
  UNSCORED("not scored", Tone.NEUTRAL);

  /** What is to be thought of it. */
  enum Tone {
    GOOD,
    BAD,
    NEUTRAL
  }

  private final String words;
  private final Tone tone;

  Ruling(String words, Tone tone) {
    this.words = words;
    this.tone = tone;
  }

  /** For people. */
  String words() {
    return words;
  }

  Tone tone() {
    return tone;
  }
}
