package io.tillwatch.load.replay;

/** A row that no event can be made of; the message says what was found and what was expected. */
final class BadRow extends Exception {

  private static final long serialVersionUID = 1;

  BadRow(String message) {
    super(message, null, false, false);
  }
}
