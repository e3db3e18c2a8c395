package io.tillwatch.schemas.registry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumWriter;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.shaded.org.apache.avro.io.BinaryEncoder;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.shaded.org.apache.avro.io.EncoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;

/** The real Confluent client, as Flink carries it, with its framing and its own Avro. */
final class ConfluentClient {

  private final CachedSchemaRegistryClient client;

  ConfluentClient(URI url) {
    client = new CachedSchemaRegistryClient(List.of(url.toString()), 100);
  }

  int register(String subject, String schema) throws IOException, RestClientException {
    return client.register(subject, new AvroSchema(schema));
  }

  boolean isCompatible(String subject, String schema) throws IOException, RestClientException {
    return client.testCompatibility(subject, new AvroSchema(schema));
  }

  String schema(int id) throws IOException, RestClientException {
    return client.getSchemaById(id).canonicalString();
  }

  /** The record in a frame, as JSON. */
  String read(byte[] frame) throws IOException {
    return record(frame).toString();
  }

  /** The same record, framed and written by this client under another subject. */
  byte[] rewrite(String subject, byte[] frame) throws IOException {
    GenericRecord record = record(frame);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ConfluentSchemaRegistryCoder(subject, client).writeSchema(record.getSchema(), out);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private GenericRecord record(byte[] frame) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(frame);
    Schema writer = new ConfluentSchemaRegistryCoder(client).readSchema(in);
    return new GenericDatumReader<GenericRecord>(writer)
        .read(null, DecoderFactory.get().binaryDecoder(in, null));
  }
}
