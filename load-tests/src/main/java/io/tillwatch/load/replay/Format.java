package io.tillwatch.load.replay;

/** How a file of history is written. */
enum Format {
  CSV,
  JSONL,
  AVRO
}
