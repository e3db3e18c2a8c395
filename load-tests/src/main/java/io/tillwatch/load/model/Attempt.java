package io.tillwatch.load.model;

/**
 * Where in the cube one attempt stands, while its payment is written. Mutable, used by one thread.
 */
final class Attempt {

  Psp psp;
  Region region;
  CardRange range;
  String merchant;
  String version = World.STABLE;
  boolean threeDs;

  Attempt(Psp psp, Region region, CardRange range, String merchant) {
    this.psp = psp;
    this.region = region;
    this.range = range;
    this.merchant = merchant;
  }
}
