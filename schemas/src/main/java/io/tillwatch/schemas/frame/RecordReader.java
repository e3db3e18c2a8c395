package io.tillwatch.schemas.frame;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of one type from the values of a topic that others write to. Thread-safety is the
 * implementation's.
 */
public interface RecordReader<T extends SpecificRecord> {

  /**
   * The record in this value.
   *
   * @param bytes value of a Kafka record; null is a tombstone, which no event topic has
   * @throws MalformedFrame when it is not one whole record of this reader's type
   */
  Framed<T> read(byte @Nullable [] bytes) throws MalformedFrame;
}
