package io.tillwatch.load.recording;

/** A table of a recording that has rows for each minute. */
interface Table {

  /** Name of its file, before {@code .csv.gz}. */
  String name();

  /** Its first line. */
  String header();

  /** Adds the lines of one minute, in order. */
  void write(int minute, Minute expected, Attempts drawn, StringBuilder lines);
}
