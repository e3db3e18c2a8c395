package io.tillwatch.load.bench.contestant.limit;

import io.tillwatch.load.bench.contestant.Announcer;
import io.tillwatch.load.bench.contestant.Assignment;
import io.tillwatch.load.bench.contestant.AuthFields;
import io.tillwatch.load.bench.contestant.Readers;
import io.tillwatch.load.bench.recount.CellKey;
import io.tillwatch.load.bench.recount.ResultFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** The contestant {@code limit}; its threads share nothing until a minute is over. */
public final class LimitContestant {

  private final Names psps = new Names();
  private final Names bins = new Names();
  private final Names regions = new Names();
  private final Names currencies = new Names();
  private final Queue<ClosedMinute> closed = new ConcurrentLinkedQueue<>();
  private final TreeMap<Long, List<OpenMinute>> passed = new TreeMap<>();
  private final Queue<OpenMinute> spare = new ConcurrentLinkedQueue<>();
  private final long[] reachedMillis;

  private LimitContestant(int threads) {
    reachedMillis = new long[threads];
  }

  /** Does the work and hands in the cells. */
  public static void run(Assignment assignment) throws Exception {
    LimitContestant limit = new LimitContestant(assignment.threads());
    Announcer announcer = new Announcer();
    Readers.run(assignment, announcer, thread -> limit.new Counting(thread, assignment));
    announcer.done();
    try (ResultFile result = new ResultFile(assignment.result())) {
      for (ClosedMinute minute : limit.closed) {
        limit.write(minute, result);
      }
    }
  }

  private void write(ClosedMinute minute, ResultFile result) throws IOException {
    for (int cell = 0; cell < minute.size; cell++) {
      long key = minute.keys[cell];
      result.put(
          new CellKey(
              minute.minute * CellKey.MINUTE_MILLIS,
              psps.name(Key.psp(key)),
              bins.name(Key.bin(key)),
              regions.name(Key.region(key))),
          minute.measures(cell, currencies));
    }
  }

  /**
   * Notes that a thread is done with some minutes; returns those that all threads are done with.
   */
  private synchronized List<List<OpenMinute>> pass(
      int thread, long reached, List<OpenMinute> minutes) {
    for (OpenMinute minute : minutes) {
      passed.computeIfAbsent(minute.minute, m -> new ArrayList<>()).add(minute);
    }
    reachedMillis[thread] = reached;
    long all = Long.MAX_VALUE;
    for (long one : reachedMillis) {
      all = Math.min(all, one);
    }
    Map<Long, List<OpenMinute>> over = passed.headMap(all / CellKey.MINUTE_MILLIS);
    List<List<OpenMinute>> complete = new ArrayList<>(over.values());
    over.clear();
    return complete;
  }

  /** One thread. */
  private final class Counting implements Readers.Sink {

    private final int thread;
    private final AuthFields event = new AuthFields();
    private final Names.View pspCodes = psps.new View(64);
    private final Names.View binCodes = bins.new View(4_096);
    private final Names.View regionCodes = regions.new View(64);
    private final Names.View currencyCodes = currencies.new View(64);
    private final TreeMap<Long, OpenMinute> open = new TreeMap<>();
    private final Closing closing = new Closing();
    private final long[] partitionMillis;
    private final int stride;
    private final OpenMinute none = new OpenMinute();
    private OpenMinute current = none;
    private long reachedMinute;

    Counting(int thread, Assignment assignment) {
      this.thread = thread;
      this.stride = assignment.threads();
      this.partitionMillis = new long[assignment.partitions()];
      none.minute = -1;
    }

    @Override
    public void take(ConsumerRecords<byte[], byte[]> records) {
      for (TopicPartition partition : records.partitions()) {
        for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
          count(record.value());
        }
        partitionMillis[partition.partition()] = event.eventTimeMillis;
      }
      long reached = Long.MAX_VALUE;
      for (int p = thread; p < partitionMillis.length; p += stride) {
        reached = Math.min(reached, partitionMillis[p]);
      }
      pass(reached);
    }

    private void count(byte[] value) {
      event.read(value);
      long key =
          Key.of(
              binCodes.code(value, event.binFrom, event.binLength),
              pspCodes.code(value, event.pspFrom, event.pspLength),
              regionCodes.code(value, event.regionFrom, event.regionLength),
              currencyCodes.code(value, event.currencyFrom, event.currencyLength));
      long minute = event.eventTimeMillis / CellKey.MINUTE_MILLIS;
      if (minute != current.minute) {
        current = open.computeIfAbsent(minute, this::newMinute);
      }
      current.add(key, event);
    }

    private OpenMinute newMinute(long minute) {
      OpenMinute cleared = spare.poll();
      OpenMinute made = cleared == null ? new OpenMinute() : cleared;
      made.minute = minute;
      return made;
    }

    private void pass(long reached) {
      long minute = reached / CellKey.MINUTE_MILLIS;
      if (minute == reachedMinute) {
        return;
      }
      reachedMinute = minute;
      Map<Long, OpenMinute> over = open.headMap(minute);
      List<OpenMinute> mine = new ArrayList<>(over.values());
      over.clear();
      current = none;
      for (List<OpenMinute> parts : LimitContestant.this.pass(thread, reached, mine)) {
        closed.add(closing.close(parts, psps.size(), regions.size(), currencies.size()));
        for (OpenMinute part : parts) {
          part.clear();
          spare.add(part);
        }
      }
    }

    @Override
    public void end() {
      pass(Long.MAX_VALUE);
    }
  }
}
