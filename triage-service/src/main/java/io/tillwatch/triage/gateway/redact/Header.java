package io.tillwatch.triage.gateway.redact;

/**
 * The line that names the columns of a table.
 *
 * @param from index of its first character in the text that was looked at
 * @param to index behind its last one
 */
public record Header(int from, int to) {}
