package io.tillwatch.topology.command;

import io.tillwatch.schemas.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where the role listens, and where its instances find each other.
 *
 * @param host address to listen at; {@code 0.0.0.0} for all of them
 * @param port port to listen at, 0 for any free one
 * @param advertisedHost name or address at which other instances reach this one
 */
record HttpSettings(String host, int port, String advertisedHost) {

  private static final int PORT_MAX = 65_535;

  /** Reads the keys {@code topology.host}, {@code .port} and {@code .advertised-host}. */
  static HttpSettings from(Settings settings) {
    String host = settings.text("topology.host", "127.0.0.1");
    return new HttpSettings(
        host,
        settings.integer("topology.port", 8080, 0, PORT_MAX),
        settings.optional("topology.advertised-host").orElseGet(() -> reachable(host)));
  }

  /** Who listens at every address is reached at one of them: in a pod at the pod's own. */
  private static String reachable(String host) {
    if (!host.equals("0.0.0.0") && !host.equals("::")) {
      return host;
    }
    try {
      return InetAddress.getLocalHost().getHostAddress();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
