package io.tillwatch.rules.version;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.RuleFile;
import io.tillwatch.rules.source.InvalidRules;
import io.tillwatch.rules.source.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rules that are in force, and the latest version that was refused. Thread-safe. */
public final class RulesInForce {

  private static final int HASH_BYTES = 6;

  /**
   * A version of the rules.
   *
   * @param book what they come to
   * @param hash of names and texts, 12 hex digits
   * @param files names of what is laid over the shipped rules
   * @param since since when it is in force
   */
  public record Version(RuleBook book, String hash, List<String> files, Instant since) {
    public Version {
      files = List.copyOf(files);
    }
  }

  /**
   * A version that cannot be used.
   *
   * @param hash of names and texts
   * @param at when it was seen
   * @param problems all that is wrong with it
   */
  public record Refusal(String hash, Instant at, List<String> problems) {
    public Refusal {
      problems = List.copyOf(problems);
    }
  }

  /** What becomes of rules that are offered. */
  public enum Verdict {
    /** They are in force from now on. */
    TAKEN,
    /** They are in force already, or were refused before. */
    UNCHANGED,
    /** They cannot be used; what was in force stays. */
    REFUSED
  }

  private final LongAdder taken = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final List<Consumer<Version>> followers = new CopyOnWriteArrayList<>();
  private volatile Version version;
  private volatile @Nullable Refusal refusal;

  private RulesInForce(Version first) {
    this.version = first;
  }

  /**
   * Puts a first version in force.
   *
   * @throws InvalidRules with every problem in the files
   */
  public static RulesInForce of(List<RuleFile> files, Instant now) {
    return new RulesInForce(versionOf(files, now));
  }

  /** What is shipped. */
  public static RulesInForce defaults() {
    return of(List.of(), Instant.EPOCH);
  }

  private static Version versionOf(List<RuleFile> files, Instant now) {
    return new Version(
        RuleBook.of(files), hash(files), files.stream().map(RuleFile::name).toList(), now);
  }

  /** Offers another version. */
  public synchronized Verdict offer(List<RuleFile> files, Instant now) {
    String hash = hash(files);
    Refusal before = refusal;
    if (hash.equals(version.hash())) {
      refusal = null; // what was wrong was taken back
      return Verdict.UNCHANGED;
    }
    if (before != null && hash.equals(before.hash())) {
      return Verdict.UNCHANGED;
    }
    try {
      version = versionOf(files, now);
    } catch (InvalidRules wrong) {
      refuse(new Refusal(hash, now, wrong.problems().stream().map(Problem::toString).toList()));
      return Verdict.REFUSED;
    }
    refusal = null;
    taken.increment();
    followers.forEach(follower -> follower.accept(version));
    return Verdict.TAKEN;
  }

  private void refuse(Refusal wrong) {
    refusal = wrong;
    refused.increment();
  }

  /** What is in force. */
  public RuleBook book() {
    return version.book();
  }

  /** What is in force, and since when. */
  public Version version() {
    return version;
  }

  /** The latest version, if it was refused. */
  public @Nullable Refusal refusal() {
    return refusal;
  }

  /** The hash of files, in whatever order: 12 hex digits. */
  public static String hash(List<RuleFile> files) {
    MessageDigest digest = sha256();
    files.stream()
        .map(file -> file.name() + '\0' + file.text() + '\0')
        .sorted()
        .forEach(file -> digest.update(file.getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Tells a follower the version in force, and each that takes its place from now on. */
  public synchronized void follow(Consumer<Version> follower) {
    followers.add(follower);
    follower.accept(version);
  }

  /** Versions that came into force after the first. */
  public long taken() {
    return taken.sum();
  }

  /** Versions that could not be used. */
  public long refused() {
    return refused.sum();
  }
}
