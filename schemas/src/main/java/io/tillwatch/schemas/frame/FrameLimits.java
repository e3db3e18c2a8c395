package io.tillwatch.schemas.frame;

/**
 * How much one frame may hold.
 *
 * @param bytes longest frame, in bytes, header included
 * @param items most entries of arrays and maps in one frame, all added up; bounds what a small
 *     frame can grow to on the heap
 */
public record FrameLimits(int bytes, int items) {

  /** For events from outside: 512 KiB, and 1,024 attributes before anybody looks at them. */
  public static final FrameLimits EVENT = new FrameLimits(512 * 1024, 1024);

  /** For what Tillwatch itself wrote: 8 MiB, a little more than the largest block of cells. */
  public static final FrameLimits OWN = new FrameLimits(8 * 1024 * 1024, 8 * 1024 * 1024);
}
