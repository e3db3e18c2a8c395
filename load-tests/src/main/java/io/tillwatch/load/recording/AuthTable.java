package io.tillwatch.load.recording;

/** Attempts and successes of each leaf that has any. */
final class AuthTable implements Table {

  @Override
  public String name() {
    return "auth";
  }

  @Override
  public String header() {
    return "minute,cell,n,ok";
  }

  @Override
  public void write(int minute, Minute expected, Attempts drawn, StringBuilder lines) {
    for (int leaf = 0; leaf < Cube.LEAVES; leaf++) {
      if (drawn.attempts(leaf) > 0) {
        lines.append(minute).append(',').append(leaf).append(',').append(drawn.attempts(leaf));
        lines.append(',').append(drawn.successes(leaf)).append('\n');
      }
    }
  }
}
