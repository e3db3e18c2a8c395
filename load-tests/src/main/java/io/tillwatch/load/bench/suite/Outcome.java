package io.tillwatch.load.bench.suite;

import java.util.Map;

/**
 * What a suite came to.
 *
 * @param right whether all cells were the recount's
 * @param figures what was measured, by name with unit
 */
public record Outcome(boolean right, Map<String, Object> figures) {}
