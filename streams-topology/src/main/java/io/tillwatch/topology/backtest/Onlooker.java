package io.tillwatch.topology.backtest;

import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.detect.Beliefs;
import java.util.List;

/** Sees a backtest as it goes, and changes nothing. */
interface Onlooker {

  /** Looks away. */
  Onlooker NOBODY =
      new Onlooker() {
        @Override
        public void closed(int minute, LeafCounts counts, Beliefs beliefs) {
          // Nothing to see.
        }

        @Override
        public void opened(FoundIncident incident, List<Slice> roots) {
          // Nothing to see.
        }
      };

  /**
   * A minute was closed.
   *
   * @param counts what it had; good until this returns
   * @param beliefs of the watch after it; good until this returns
   */
  void closed(int minute, LeafCounts counts, Beliefs beliefs);

  /**
   * An incident was opened in the minute that was closed last.
   *
   * @param incident goes on being told
   * @param roots its cells as first told
   */
  void opened(FoundIncident incident, List<Slice> roots);
}
