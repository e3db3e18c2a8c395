package io.tillwatch.standalone.site;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/** Which port the site's HTTP server listens at. */
public final class Ports {

  /** Where people look first. */
  private static final int USUAL = 8080;

  private static final int MAX = 65_535;

  private Ports() {}

  /**
   * The port to use, known before anything listens because links and other instances need it.
   *
   * @param wanted the port asked for; 0 for any free one; null for the usual one if it is free
   * @throws WrongInput when the port asked for is taken, or none
   */
  public static int choose(@Nullable Integer wanted) {
    if (wanted == null) {
      return isFree(USUAL) ? USUAL : free();
    }
    if (wanted < 0 || wanted > MAX) {
      throw new WrongInput("port is %d, expected 0 to %d".formatted(wanted, MAX));
    }
    if (wanted == 0) {
      return free();
    }
    if (!isFree(wanted)) {
      throw new WrongInput(
          "port %d is taken by another process; give another one, or 0 for any".formatted(wanted));
    }
    return wanted;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no free port on the loopback interface", e);
    }
  }
}
