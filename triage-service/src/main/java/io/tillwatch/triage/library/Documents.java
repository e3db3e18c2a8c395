package io.tillwatch.triage.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Policy documents: those that are shipped, and over them the Markdown files of a site's folders,
 * looked at whenever somebody asks. A site's file takes the place of a shipped one of its name.
 *
 * @see #FILES_MAX
 * @see #BYTES_MAX
 */
final class Documents implements Source {

  /** Files at most; of further ones the log says that they are left out. */
  static final int FILES_MAX = 500;

  /** Bytes of one file; a longer one is left out, and the log says so. */
  static final long BYTES_MAX = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Documents.class);
  private static final String KIND = "policy/";
  private static final String ENDING = ".md";
  private static final List<String> SHIPPED =
      List.of(
          "card-data", "changes", "paging", "retention", "review", "risky-steps", "telling-others");

  private final List<Path> folders;
  private List<Seen> known = List.of();
  private List<Page> pages;

  /** A file as it was when it was read. */
  private record Seen(Path file, FileTime changed, long bytes) {}

  /**
   * Reads them for the first time.
   *
   * @throws UncheckedIOException when a folder cannot be read
   */
  Documents(List<Path> folders) {
    this.folders = List.copyOf(folders);
    this.known = look();
    this.pages = read(known);
  }

  @Override
  public synchronized List<Page> pages() {
    try {
      List<Seen> now = look();
      if (!now.equals(known)) {
        pages = read(now);
        known = now;
        LOG.info("Documents read anew: {} pages", pages.size());
      }
    } catch (UncheckedIOException away) {
      LOG.warn("Documents stay as they are: {}", away.getMessage());
    }
    return pages;
  }

  private List<Seen> look() {
    List<Seen> files = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> list = Files.list(folder)) {
        for (Path file : list.filter(Documents::isDocument).sorted().toList()) {
          files.add(new Seen(file, Files.getLastModifiedTime(file), Files.size(file)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("folder %s cannot be read".formatted(folder), e);
      }
    }
    return files;
  }

  private static boolean isDocument(Path file) {
    return file.toString().endsWith(ENDING) && Files.isRegularFile(file);
  }

  private static List<Page> read(List<Seen> files) {
    Map<String, Page> byName = new TreeMap<>();
    for (String name : SHIPPED) {
      put(name, Resources.text(KIND + name + ENDING), byName);
    }
    files.stream().limit(FILES_MAX).forEach(file -> read(file, byName));
    if (files.size() > FILES_MAX) {
      LOG.error("{} documents, expected at most {}: the rest is left out", files.size(), FILES_MAX);
    }
    return List.copyOf(byName.values());
  }

  private static void read(Seen seen, Map<String, Page> byName) {
    if (seen.bytes > BYTES_MAX) {
      LOG.error("{} left out: {} bytes, expected at most {}", seen.file, seen.bytes, BYTES_MAX);
      return;
    }
    try {
      String file = String.valueOf(seen.file.getFileName());
      put(file.substring(0, file.length() - ENDING.length()), Files.readString(seen.file), byName);
    } catch (MalformedInputException noText) {
      LOG.error("{} left out: it is not in UTF-8", seen.file);
    } catch (IOException e) {
      throw new UncheckedIOException("document %s cannot be read".formatted(seen.file), e);
    }
  }

  private static void put(String name, String markdown, Map<String, Page> byName) {
    Page.of(KIND + name, markdown)
        .ifPresentOrElse(
            page -> byName.put(name, page),
            () -> LOG.warn("{} has no section (##) that could be cited: left out", name));
  }
}
