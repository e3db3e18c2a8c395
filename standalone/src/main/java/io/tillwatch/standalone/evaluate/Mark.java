package io.tillwatch.standalone.evaluate;

import io.tillwatch.schemas.incident.Incident;

/**
 * One answer against the truth.
 *
 * @param golden the case
 * @param answer what people saw
 * @param uncited hypotheses among it that claim what they do not cite
 */
record Mark(GoldenCase golden, Answer answer, int uncited) {

  static Mark of(GoldenCase golden, Answer answer) {
    Incident incident = answer.incident();
    return new Mark(
        golden, answer, incident == null ? 0 : Citations.uncited(incident, answer.hypotheses()));
  }

  Label label() {
    return golden.label();
  }

  String truth() {
    return Label.word(label().incidentClass());
  }

  boolean rightClass() {
    return answer.names(label());
  }

  boolean rightOwner() {
    return answer.blames(label().owner());
  }

  boolean rightPlace() {
    return answer.locates(label());
  }

  boolean topCause(int most) {
    return answer.causeInTop(most, label());
  }

  /** Unknown is said of what has a name. */
  boolean abstains() {
    return answer.isUnknown() && !rightClass();
  }

  /** A class is named, and it is another one. */
  boolean wrong() {
    return claims() && !rightClass();
  }

  /** Whether a class is named at all. */
  boolean claims() {
    return !answer.isNone() && !answer.isUnknown();
  }

  /** How far the square of what it claims to know is from what is so, 0 to 1. */
  double brier() {
    double off = answer.confidence() - (rightClass() ? 1 : 0);
    return off * off;
  }

  /**
   * What it is worth to whoever is woken: 100 with class, place and owner right, 65 with the class
   * right, or place and owner, 35 with the owner right, else nothing.
   */
  int usefulness() {
    if (rightClass() && rightPlace() && rightOwner()) {
      return 100;
    }
    if (rightClass() || rightPlace() && rightOwner()) {
      return 65;
    }
    return rightOwner() ? 35 : 0;
  }
}
