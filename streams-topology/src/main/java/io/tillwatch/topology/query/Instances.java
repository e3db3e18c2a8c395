package io.tillwatch.topology.query;

import io.tillwatch.schemas.cube.EventKind;
import java.util.List;

/** Port to who holds what: the instances that share the work, by their HTTP address. */
public interface Instances {

  /** This instance. */
  Address self();

  /**
   * Who holds the cube of a kind: the owner first, then its standbys; empty while that is not
   * known. May hold this instance.
   */
  List<Address> holding(EventKind kind);

  /** The instances that run ingest tasks, each once. */
  List<Address> ingesting();

  /** Ingest tasks there are, one per partition of the payment topics. */
  int ingestPartitions();

  /** Whether records are being processed. */
  Work work();

  /** Host and port that other instances reach an instance at. */
  record Address(String host, int port) {
    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /** State of the stream processing, as probes and dashboards name it. */
  enum Work {
    STARTING,
    RUNNING,
    REBALANCING,
    STOPPED
  }

  /** One instance that holds everything: a single process, and tests. */
  static Instances alone(Address self) {
    return new Instances() {
      @Override
      public Address self() {
        return self;
      }

      @Override
      public List<Address> holding(EventKind kind) {
        return List.of(self);
      }

      @Override
      public List<Address> ingesting() {
        return List.of(self);
      }

      @Override
      public int ingestPartitions() {
        return 1;
      }

      @Override
      public Work work() {
        return Work.RUNNING;
      }
    };
  }
}
