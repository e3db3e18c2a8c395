package io.tillwatch.load.bench.contestant;

import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** {@code decode}: also reads the fields that counting needs, by hand, and adds some up. */
final class DecodeContestant {

  private DecodeContestant() {}

  static void run(Assignment assignment) throws Exception {
    Announcer announcer = new Announcer();
    LongAdder sum = new LongAdder();
    Readers.run(assignment, announcer, thread -> new Decoding(sum));
    announcer.done();
    System.out.println("SUM " + sum.sum());
  }

  /** One thread. */
  private static final class Decoding implements Readers.Sink {

    private final AuthFields fields = new AuthFields();
    private final LongAdder sum;

    Decoding(LongAdder sum) {
      this.sum = sum;
    }

    @Override
    public void take(ConsumerRecords<byte[], byte[]> records) {
      long batch = 0;
      for (ConsumerRecord<byte[], byte[]> record : records) {
        fields.read(record.value());
        // Something of every field, so that no reading of one can be left out.
        batch +=
            fields.eventTimeMillis
                + fields.amountMinor
                + fields.latencyMillis
                + fields.outcome
                + fields.reason
                + fields.attempt
                + fields.frame[fields.pspFrom]
                + fields.frame[fields.binFrom]
                + fields.frame[fields.regionFrom]
                + fields.frame[fields.currencyFrom];
      }
      sum.add(batch);
    }
  }
}
