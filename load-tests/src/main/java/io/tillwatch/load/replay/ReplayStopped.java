package io.tillwatch.load.replay;

/** The first bad row of a file whose mapping says abort. */
public final class ReplayStopped extends RuntimeException {

  private static final long serialVersionUID = 1;

  ReplayStopped(String message) {
    super(message);
  }
}
