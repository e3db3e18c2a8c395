package io.tillwatch.triage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.schemas.incident.IncidentLogEntry;

/**
 * One line of an incident's log.
 *
 * @param sequence position in the tenant's log, from 1
 * @param event what happened
 * @param revision the incident's revision after it
 * @param author {@code tillwatch} or a person
 * @param previousHash hash of the tenant's entry before; empty for the first
 * @param hash SHA-256 of this entry
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "LogEntry")
record LogEntryJson(
    long sequence,
    @Schema(format = "date-time") String at,
    String event,
    int revision,
    String author,
    String text,
    String previousHash,
    String hash) {

  static LogEntryJson of(IncidentLogEntry entry) {
    return new LogEntryJson(
        entry.getSequence(),
        entry.getAt().toString(),
        Labels.of(entry.getEvent()),
        entry.getRevision(),
        entry.getAuthor(),
        entry.getText(),
        entry.getPreviousHash(),
        entry.getHash());
  }
}
