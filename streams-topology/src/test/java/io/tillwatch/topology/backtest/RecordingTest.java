package io.tillwatch.topology.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: minutes come whole and in order, and a file that is wrong is told by its line. */
class RecordingTest {

  @TempDir private Path folder;

  @BeforeEach
  void leaves() throws IOException {
    Files.writeString(folder.resolve("cells.csv"), "cell,psp,region\n0,a,EU\n1,b,EU\n");
  }

  private List<String> minutes() throws IOException {
    List<String> told = new ArrayList<>();
    Recording recording = new Recording(folder);
    recording.read((minute, counts) -> {
      StringBuilder line = new StringBuilder().append(minute);
      for (int row = 0; row < counts.size(); row++) {
        line.append(
            " %s:%d/%d"
                .formatted(
                    recording.names().cell(counts.slice(row).toMap()).substring(0, 5),
                    counts.failures(row),
                    counts.events(row)));
      }
      told.add(line.toString());
    });
    return told;
  }

  @Test
  void everyMinuteIsHandedOverTheEmptyOnesToo() throws IOException {
    Files.writeString(folder.resolve("auth.csv"), "minute,cell,n,ok\n1,1,9,6\n1,0,2,2\n3,0,1,0\n");
    assertThat(minutes()).hasSize(4);
    assertThat(minutes().get(0)).isEqualTo("0");
    assertThat(minutes().get(1)).contains(":3/9").contains(":0/2");
    assertThat(minutes().get(2)).isEqualTo("2");
    assertThat(minutes().get(3)).endsWith(":1/1");
  }

  @Test
  void packedFilesAreRead() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("auth.csv.gz")))) {
      out.write("minute,cell,n,ok\n0,0,4,1\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(minutes()).hasSize(1);
    assertThat(minutes().getFirst()).endsWith(":3/4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1,0,1,1;0,0,1,1 | auth.csv:3: minute 0 after minute 1, expected ascending
          0,0,1,2         | auth.csv:2: expected a cell below 2, and ok up to n
          0,2,1,1         | auth.csv:2: expected a cell below 2, and ok up to n
          0,0,x,1         | auth.csv:2: expected a whole number from 0 on
          0,0,-1,1        | auth.csv:2: expected a whole number from 0 on
          0,0,1           | auth.csv:2: 3 columns, expected 4
          ;0,0,1,2        | auth.csv:3: expected a cell below 2, and ok up to n
          29000000,0,1,1  | auth.csv:2: expected a minute below 5256000, from 0 on
          """)
  void aWrongLineIsNamed(String rows, String message) throws IOException {
    Files.writeString(
        folder.resolve("auth.csv"), "minute,cell,n,ok\n" + rows.replace(';', '\n') + "\n");
    assertThatThrownBy(this::minutes).isInstanceOf(IOException.class).hasMessageEndingWith(message);
  }

  @Test
  void filesThatAreNoneAreNamed() throws IOException {
    assertThatThrownBy(this::minutes).hasMessageEndingWith("auth.csv.gz: no such file");
    Files.writeString(folder.resolve("auth.csv.gz"), "");
    assertThatThrownBy(this::minutes)
        .hasMessageEndingWith("auth.csv.gz: cannot be read: it ends too early");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write("minute,cell,n,ok\n".getBytes(StandardCharsets.UTF_8));
      for (int minute = 0; minute < 50_000; minute++) {
        out.write("%d,0,4,%d\n".formatted(minute, minute % 5).getBytes(StandardCharsets.UTF_8));
      }
    }
    Files.write(folder.resolve("auth.csv.gz"), Arrays.copyOf(packed.toByteArray(), 60_000));
    assertThatThrownBy(this::minutes)
        .hasMessageMatching(".*auth.csv.gz:\\d+: cannot be read from here on: .*");
  }

  @Test
  void aLabelledRecordingGoesOnInSilence() throws IOException {
    Files.writeString(
        folder.resolve("labels.json"),
        "{'minutes': 3, 'warmup_minutes': 1, 'events': [{'cls': 'sr', 'type': 't', 'start': 1,"
                .replace('\'', '"')
            + " 'end': 2, 'root_cause': '', 'causes': [{}]}]}".replace('\'', '"'));
    Files.writeString(folder.resolve("auth.csv"), "minute,cell,n,ok\n0,0,4,1\n");
    assertThat(minutes()).hasSize(3).last().isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'minutes': 3, 'warmup_minutes': 3, 'events': []} | 'minutes' is not above
          null                                              | the file says nothing
          {'minutes': 9000000, 'warmup_minutes': 1}         | 'minutes' is more than 5256000
          {'minutes': 3, 'warmup_minutes': 1, 'events': [null]} | each with cls, type
          {'minutes': 3, 'warmup_minutes': 1}               | expected 'events'
          {'minutes': 3, 'warmup_minutes': 1, 'events': []} | expected an event of cls 'sr'
          {'minutes': 3, 'warmup_minutes': 1, 'events': [{'cls': 'sr'}]} | each with cls, type
          """)
  void labelsThatCannotBeScoredAreToldBefore(String labels, String message) throws IOException {
    Files.writeString(folder.resolve("labels.json"), labels.replace('\'', '"'));
    assertThatThrownBy(() -> Labels.in(folder)).hasMessageContaining(message);
  }

  @Test
  void wrongHeadersAreNamed() throws IOException {
    Files.writeString(folder.resolve("auth.csv"), "minute,cell,n\n");
    assertThatThrownBy(this::minutes).hasMessageContaining("expected the columns minute,cell,n,ok");
    Files.writeString(folder.resolve("cells.csv"), "psp,region\n");
    assertThatThrownBy(() -> new Recording(folder)).hasMessageContaining("cells.csv:1:");
    Files.writeString(folder.resolve("cells.csv"), "cell,psp\n0,a\n1,a\n");
    assertThatThrownBy(() -> new Recording(folder)).hasMessageContaining("cells.csv:3: the same");
    Files.writeString(folder.resolve("cells.csv"), "");
    assertThatThrownBy(() -> new Recording(folder)).hasMessageContaining("the file is empty");
  }
}
