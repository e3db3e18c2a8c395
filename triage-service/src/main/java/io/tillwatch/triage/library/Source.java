package io.tillwatch.triage.library;

import java.util.List;

/** Where pages come from. Thread-safe. */
interface Source {

  /** The pages there are now: the same list for as long as nothing changed. */
  List<Page> pages();
}
