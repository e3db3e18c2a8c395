package io.tillwatch.load.bench.suite;

import io.tillwatch.load.bench.contestant.ContestantMain;
import io.tillwatch.load.bench.suite.SpokenContestant.Program;
import io.tillwatch.load.bench.suite.SpokenContestant.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may take part. */
public final class Lineup {

  private static final String SELF = System.getProperty("java.class.path");

  private static final List<Contestant> ALL =
      List.of(
          builtIn("poll", Work.READS),
          builtIn("decode", Work.READS),
          builtIn("limit", Work.COUNTS),
          new TopologyContestant("tillwatch", List.of()),
          new TopologyContestant("tillwatch-nodedupe", List.of("ingest.dedupe: false")),
          builtIn("dsl", Work.COUNTS_PART),
          new PeerContestant("flink"),
          new PeerContestant("flink-combiner"),
          new PeerContestant("jet"),
          new PeerContestant("flink-10s"),
          new PeerContestant("flink-combiner-10s"),
          new PeerContestant("jet-10s"));

  /** A checkpoint every ten seconds is easier on the others than what Tillwatch does. */
  private static final String EASIER = "-10s";

  private Lineup() {}

  private static Contestant builtIn(String name, Work work) {
    return new SpokenContestant(
        name, new Program(SELF, ContestantMain.class.getName(), List.of(), List.of(name)), work);
  }

  /** Names of all. */
  public static List<String> names() {
    return ALL.stream().map(Contestant::name).toList();
  }

  /** Those who take part when nobody is named: all that can be had at the same guarantees. */
  public static List<String> defaults() {
    boolean peers = PeerModule.find().isPresent();
    return ALL.stream()
        .filter(contestant -> peers || !(contestant instanceof PeerContestant))
        .map(Contestant::name)
        .filter(name -> !name.endsWith(EASIER))
        .toList();
  }

  /**
   * Those who are named.
   *
   * @throws IllegalArgumentException for a name that is nobody's
   */
  static List<Contestant> named(List<String> names) {
    List<Contestant> found = new ArrayList<>();
    for (String name : names) {
      Optional<Contestant> contestant = ALL.stream().filter(c -> c.name().equals(name)).findFirst();
      found.add(
          contestant.orElseThrow(() ->
              new IllegalArgumentException(
                  "nobody is called '%s', expected some of %s".formatted(name, names()))));
    }
    return found;
  }
}
