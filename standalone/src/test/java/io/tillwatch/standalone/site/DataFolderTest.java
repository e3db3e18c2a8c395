package io.tillwatch.standalone.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path parent;

  @Test
  void aTemporaryFolderGoesWithAllThatIsInIt() throws IOException {
    Path path;
    try (DataFolder folder = DataFolder.temporary()) {
      path = folder.path();
      Files.createDirectories(path.resolve("a/b"));
      Files.writeString(path.resolve("a/b/c"), "x");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void aKeptFolderStays() throws IOException {
    try (DataFolder folder = DataFolder.kept(parent.resolve("kept"))) {
      assertThat(folder.path()).isAbsolute();
    }
    assertThat(parent.resolve("kept")).isDirectory();
  }

  @Test
  void aFolderThatMustBeEmptyIsRefusedWhenItIsNot() throws IOException {
    Files.writeString(parent.resolve("something"), "x");
    assertThatThrownBy(() -> DataFolder.empty(parent)).hasMessageContaining("is not empty");
  }
}
