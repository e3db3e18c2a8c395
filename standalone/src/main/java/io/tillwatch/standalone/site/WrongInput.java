package io.tillwatch.standalone.site;

/** What was asked for cannot be done as asked; the message says why, in one line. */
public final class WrongInput extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  public WrongInput(String message) {
    super(message);
  }
}
