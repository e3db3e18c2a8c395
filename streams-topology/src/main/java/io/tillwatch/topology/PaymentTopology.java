package io.tillwatch.topology;

import io.tillwatch.schemas.cube.Anomaly;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.topology.bin.BinRanges;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.combine.Combine;
import io.tillwatch.topology.cube.Cube;
import io.tillwatch.topology.delivery.Deliveries;
import io.tillwatch.topology.ingest.Ingest;
import io.tillwatch.topology.ingest.Ingested;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * From payment events to bursts, on one page.
 *
 * <pre>
 * payment topics → INGEST, COMBINE → tillwatch.cells → CUBE, DETECT, LOCALISE → anomalies, bursts
 *                     └→ dead letters                       bin ranges (global) feed INGEST
 * </pre>
 *
 * <p>A pure function of its arguments; nothing is started here.
 */
public final class PaymentTopology {

  /** Every name is ours, so that adding a step moves no store. */
  private static final Map<String, Object> NAMING =
      Map.of(
          StreamsConfig.APPLICATION_ID_CONFIG,
          "named-by-the-runtime",
          StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
          "named-by-the-runtime:0",
          StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
          true,
          StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG,
          true);

  private PaymentTopology() {}

  /** The topology of these settings. */
  public static Topology of(TopologySettings settings, Topics topics, Surroundings around) {
    CellBlocks blocks = Combine.blocks(topics.ids());
    BinRanges binRanges = new BinRanges(topics);
    Ingest ingest =
        new Ingest(
            settings.ingest(),
            settings.cube().retention(),
            new Ingest.Input(topics, around.readers(), binRanges, around.backlog()),
            new Combine(
                settings.combine(),
                settings.tenant(),
                blocks,
                around.clock(),
                settings.runtime().commitHook()),
            around.ingestMetrics());
    Cube cube =
        new Cube(
            settings.cube(),
            () -> around.plans().orElse(settings.watch().plan()),
            new Cube.Origin(
                settings.tenant(),
                settings.paymentPartitions(),
                blocks,
                around.clock(),
                settings.runtime().commitHook()),
            around.cubeMetrics(),
            around.board());

    StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(NAMING)));
    binRanges.addTo(builder);
    KStream<String, Ingested> ingested =
        builder.stream(
                ingest.topics(),
                Consumed.with(Serdes.ByteArray(), Deliveries.serde())
                    .withTimestampExtractor(ingest.recordTimes())
                    .withName("payments"))
            .process(ingest, Named.as("ingest"));
    ingested
        .flatMapValues(Ingested::letters, Named.as("refused"))
        .to(topics.deadLetters().name(), produced("dead-letters", topics.deadLetters()));
    KStream<String, SpecificRecord> findings =
        ingested
            .flatMapValues(Ingested::blocks, Named.as("combined"))
            .repartition(
                Repartitioned.<String, byte[]>as("cells")
                    .withKeySerde(Serdes.String())
                    .withValueSerde(Serdes.ByteArray())
                    .withNumberOfPartitions(settings.cube().partitions())
                    .withStreamPartitioner(Combine.partitioner()))
            .process(cube, Named.as("cube"));
    only(findings, Anomaly.class, "anomalous")
        .to(topics.anomalies().name(), produced("anomalies", topics.anomalies()));
    only(findings, Burst.class, "bursting")
        .to(topics.bursts().name(), produced("bursts", topics.bursts()));
    return builder.build(new Properties());
  }

  private static <V> KStream<String, V> only(
      KStream<String, SpecificRecord> findings, Class<V> type, String name) {
    return findings.flatMapValues(
        finding -> type.isInstance(finding) ? List.of(type.cast(finding)) : List.of(),
        Named.as(name));
  }

  private static <V> Produced<String, V> produced(String name, Topic<String, V> topic) {
    return Produced.with(topic.keySerde(), topic.valueSerde()).withName(name);
  }
}
