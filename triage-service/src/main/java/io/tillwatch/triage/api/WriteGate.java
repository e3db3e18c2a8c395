package io.tillwatch.triage.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.tillwatch.schemas.settings.Secret;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may write over HTTP, and in what form. Every endpoint that changes something asks here first.
 *
 * <p>Programs show a bearer token; the page shows it in {@link #TOKEN_HEADER}, as {@code
 * Authorization} is the login of a proxy that may stand in front. Without one configured only this
 * machine may write, and only under its own name, so that no page a browser has open can make it,
 * and through no proxy, behind which anybody would be this machine. What a browser sends has to
 * come from our own page whatever it shows. Bodies are JSON of at most {@link #BODY_BYTES_MAX}.
 */
@WhenTriageRuns
@Singleton
final class WriteGate {

  /** Bytes of a body; more is refused with 413. */
  static final int BODY_BYTES_MAX = 16 * 1024;

  /** Shows the token where Authorization has another use. */
  static final String TOKEN_HEADER = "X-Tillwatch-Token";

  private static final String BEARER = "bearer ";
  private static final Set<String> OUR_OWN = Set.of("same-origin", "none");
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** What proxies add to a request. */
  private static final Set<String> OF_PROXIES = Set.of("forwarded", "x-real-ip", "via");

  private static final String FORWARDED = "x-forwarded-";

  private static final String SET_A_TOKEN =
      "triage.api.token, or triage.api.token-file, to be set, and the token to be shown";

  /** What whoever sends a request has to bring in order to write. */
  enum Entry {
    /** Nothing: it comes from this machine. */
    OPEN,
    /** The token. */
    TOKEN,
    /** Nothing helps until a token is configured. */
    CLOSED
  }

  private final Writing writing;

  WriteGate(TriageDoor door) {
    this.writing = door.writing();
  }

  /**
   * Why a request with a JSON body may not write; empty when it may.
   *
   * @param body its body as it came; null when it has none
   */
  Optional<HttpResponse<?>> refusal(HttpRequest<?> request, byte @Nullable [] body) {
    return caller(request).or(() -> form(request, body));
  }

  /** Why whoever sends this may not write, whatever it holds; empty when they may. */
  Optional<HttpResponse<?>> caller(HttpRequest<?> request) {
    if (!fromOurPage(request)) {
      return Optional.of(
          forbidden(
              "another site's page asks for this",
              "a request from Tillwatch's own page, or from no page"));
    }
    return writing.token().isSet() ? token(request) : thisMachine(request);
  }

  /** What whoever sends this has to bring; the first page asks before it offers anything. */
  Entry entry(HttpRequest<?> request) {
    if (writing.token().isSet()) {
      return Entry.TOKEN;
    }
    return whyNotThisMachine(request).isEmpty() ? Entry.OPEN : Entry.CLOSED;
  }

  /** Why it is closed, and how it is opened, for people; empty when it is not closed. */
  String closedBecause(HttpRequest<?> request) {
    return entry(request) == Entry.CLOSED
        ? whyNotThisMachine(request)
            .map(why -> "%s; expected %s".formatted(why, SET_A_TOKEN))
            .orElse("")
        : "";
  }

  private static boolean fromOurPage(HttpRequest<?> request) {
    String site = request.getHeaders().get("Sec-Fetch-Site");
    if (site != null && !OUR_OWN.contains(site)) {
      return false;
    }
    String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
    return origin == null || authority(origin).equals(request.getHeaders().get(HttpHeaders.HOST));
  }

  private static String authority(String origin) {
    try {
      String authority = new URI(origin).getRawAuthority();
      return authority == null ? "" : authority;
    } catch (URISyntaxException e) {
      return "";
    }
  }

  private Optional<HttpResponse<?>> token(HttpRequest<?> request) {
    String shown = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    boolean bearer = shown != null && shown.toLowerCase(Locale.ROOT).startsWith(BEARER);
    Secret token = bearer ? Secret.of(shown.substring(BEARER.length()).strip()) : Secret.NONE;
    String own = request.getHeaders().get(TOKEN_HEADER);
    Secret ownToken = own == null ? Secret.NONE : Secret.of(own.strip());
    if (token.equals(writing.token()) || ownToken.equals(writing.token())) {
      return Optional.empty();
    }
    return Optional.of(
        HttpResponse.status(HttpStatus.UNAUTHORIZED)
            .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"tillwatch\"")
            .body(
                new Answers.Failure(
                    "unauthorized",
                    bearer || own != null ? "the token is another one" : "no token was shown",
                    "Authorization: Bearer and the token that triage.api.token is set to, or %s"
                        .formatted(TOKEN_HEADER))));
  }

  private Optional<HttpResponse<?>> thisMachine(HttpRequest<?> request) {
    return whyNotThisMachine(request).map(why -> forbidden(why, SET_A_TOKEN));
  }

  /** A name of another machine that leads here was made to: its pages would be our own. */
  private Optional<String> whyNotThisMachine(HttpRequest<?> request) {
    String host = request.getHeaders().get(HttpHeaders.HOST);
    String name = host == null ? "" : host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    if (forwarded(request)) {
      return Optional.of(
          "a proxy stands in between, and without a token nobody can be told from anybody");
    }
    return writing.loopback() && THIS_MACHINE.contains(name)
        ? Optional.empty()
        : Optional.of("without a token only the machine itself may write");
  }

  private static boolean forwarded(HttpRequest<?> request) {
    return request.getHeaders().names().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(name -> name.startsWith(FORWARDED) || OF_PROXIES.contains(name));
  }

  private static Optional<HttpResponse<?>> form(HttpRequest<?> request, byte @Nullable [] body) {
    boolean json =
        request
            .getContentType()
            .filter(type -> type.getName().equals(MediaType.APPLICATION_JSON))
            .isPresent();
    if (!json) {
      return Optional.of(
          failure(
              HttpStatus.UNSUPPORTED_MEDIA_TYPE,
              "unsupported_media_type",
              "the body is no JSON",
              "Content-Type: application/json"));
    }
    return body != null && body.length > BODY_BYTES_MAX
        ? Optional.of(tooLarge(BODY_BYTES_MAX))
        : Optional.empty();
  }

  static MutableHttpResponse<?> tooLarge(long bytesMax) {
    return failure(
        HttpStatus.REQUEST_ENTITY_TOO_LARGE,
        "too_large",
        "the body is too large",
        "at most %d bytes".formatted(bytesMax));
  }

  private static HttpResponse<?> forbidden(String message, String expected) {
    return failure(HttpStatus.FORBIDDEN, "forbidden", message, expected);
  }

  private static MutableHttpResponse<?> failure(
      HttpStatus status, String error, String message, String expected) {
    return HttpResponse.status(status).body(new Answers.Failure(error, message, expected));
  }
}
