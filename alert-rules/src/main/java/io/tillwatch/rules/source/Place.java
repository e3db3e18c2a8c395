package io.tillwatch.rules.source;

/** Where in a file something stands; line and column from 1. */
public record Place(String file, int line, int column) {

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
