package io.tillwatch.triage.library;

/** How a question was answered, or why only so. */
public enum Outcome {
  /** The model's answer, each sentence cited. */
  ANSWERED,
  /** Nothing here speaks of it. */
  NOTHING_FITS,
  /** The passages: no model is configured. */
  NO_MODEL,
  /** The passages: the model did not answer. */
  MODEL_FAILED,
  /** The passages: the model found no answer in them. */
  MODEL_ABSTAINED,
  /** The passages: the model's answer is not the JSON that was asked for. */
  NOT_AS_ASKED,
  /** The passages: its answer is longer than one may be. */
  TOO_LONG,
  /** The passages: it cites what it was not given, or leaves out what it cites. */
  WRONG_CITATION,
  /** The passages: a sentence of it rests on nothing. */
  UNCITED,
  /** The passages: it holds a link or markup. */
  LINK_OR_MARKUP,
  /** The passages: it has a number that the passages it cites have not. */
  NUMBER_NOT_FOUND,
  /** The passages: it holds what the redactor takes out. */
  SENSITIVE
}
