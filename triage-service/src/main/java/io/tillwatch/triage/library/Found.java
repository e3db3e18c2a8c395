package io.tillwatch.triage.library;

/**
 * A passage that was found.
 *
 * @param score by its page, by itself and by its kind: higher fits better, within one question; of
 *     a ranking by words and meaning it is the sum of places
 */
public record Found(Passage passage, double score) {}
