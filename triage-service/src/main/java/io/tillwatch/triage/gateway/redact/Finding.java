package io.tillwatch.triage.gateway.redact;

/**
 * One stretch of a text that may not stay. It does not hold the text itself.
 *
 * @param type what it is
 * @param reason why it was found
 * @param from index of the first UTF-16 unit
 * @param to index behind the last UTF-16 unit; never inside a surrogate pair
 */
public record Finding(SensitiveType type, RedactionReason reason, int from, int to) {}
