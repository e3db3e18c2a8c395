package io.tillwatch.triage.outside;

import io.tillwatch.schemas.settings.Settings;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads which proxy requests go through, and sends them there. */
public final class ProxyAddress {

  /** What stands for no proxy at all, whatever the platform would take. */
  public static final URI DIRECT = URI.create("none");

  private static final int PORT_DEFAULT = 80;

  private ProxyAddress() {}

  /** The proxy, or {@link #DIRECT}; empty when the key is not set or set to nothing. */
  public static Optional<URI> optional(Settings settings, String key) {
    if (settings.text(key, "").strip().equals(DIRECT.toString())) {
      return Optional.of(DIRECT);
    }
    Optional<URI> proxy = WebAddress.optional(settings, key);
    if (proxy.isPresent() && !"http".equals(proxy.get().getScheme())) {
      settings.reject(key, "'" + proxy.get() + "'", "an http address: it is spoken to without TLS");
    }
    return proxy;
  }

  /** Sends requests that way; null leaves it to the platform. */
  public static void through(HttpClient.Builder builder, @Nullable URI proxy) {
    if (proxy == null) {
      return;
    }
    if (proxy.equals(DIRECT)) {
      builder.proxy(HttpClient.Builder.NO_PROXY);
      return;
    }
    int port = proxy.getPort() >= 0 ? proxy.getPort() : PORT_DEFAULT;
    builder.proxy(ProxySelector.of(new InetSocketAddress(proxy.getHost(), port)));
  }
}
