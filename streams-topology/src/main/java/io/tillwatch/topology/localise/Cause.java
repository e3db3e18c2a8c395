package io.tillwatch.topology.localise;

/**
 * One cell that explains part of what is anomalous.
 *
 * @param cell its number in the layout
 * @param shift number of the {@link Shift} that fits it best
 * @param evidence log-likelihood ratio of that shift against none
 * @param score evidence minus what it costs to name the cell
 * @param confidence posterior probability of this cell among all that overlap it, 0 to 1
 */
public record Cause(int cell, int shift, double evidence, double score, double confidence) {}
