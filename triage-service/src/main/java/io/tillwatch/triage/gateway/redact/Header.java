package io.tillwatch.triage.gateway.redact;

/**
 * The line that names the columns of a table, and where the table ends.
 *
 * @param from index of the line's first character in the text that was looked at
 * @param to index behind its last one
 * @param end index behind the last row
 */
public record Header(int from, int to, int end) {}
