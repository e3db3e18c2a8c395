/**
 * History in files, replayed: CSV, JSON lines or Avro rows become payment events by a declarative
 * mapping. Rows are read one after another and never held; a bad row is counted, reported with file
 * and line, and its neighbours are kept.
 */
@NullMarked
package io.tillwatch.load.replay;

import org.jspecify.annotations.NullMarked;
