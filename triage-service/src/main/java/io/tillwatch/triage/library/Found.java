package io.tillwatch.triage.library;

/**
 * A passage that was found.
 *
 * @param score by its page, by itself and by its kind: higher fits better, within one question
 */
public record Found(Passage passage, double score) {}
