package io.tillwatch.triage.library;

/**
 * A passage that was found.
 *
 * @param score BM25 over title, heading, text and page: higher fits better, within one question
 */
public record Found(Passage passage, double score) {}
