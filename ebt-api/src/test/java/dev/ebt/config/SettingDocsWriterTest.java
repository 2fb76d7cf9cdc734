package dev.ebt.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingDocsWriterTest {
  private static final String SOURCE =
      """
      package example;

      /**
       * Settings of a part.
       *
       * @param size the size, a {@code power} of 2,
       *     at least {@value #LEAST} &lt; 9; see {@link java.util.List#size}
       * @param kind its kind
       */
      public record Settings(int size, Kind kind) {
        static final int LEAST = 4;

        /** The kinds. */
        enum Kind {
          /** The first one, é. Further sentences are left out. */
          ONE,
          TWO
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void commentsOfRecordsAndEnumsArePlainText() throws IOException {
    Files.writeString(folder.resolve("Settings.java"), SOURCE);

    assertThat(SettingDocsWriter.extract(folder))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "example.Settings.size",
                "the size, a power of 2, at least 4 < 9; see size",
                "example.Settings.kind",
                "its kind",
                "example.Settings$Kind.ONE",
                "The first one, é."));
  }

  @Test
  void whatIsWrittenIsFoundByTheClassThatItDocuments() throws IOException {
    SettingDocsWriter.main(new String[] {"src/main/java", folder.toString()});

    assertThat(folder.resolve(SettingDocs.RESOURCE)).isNotEmptyFile();
    assertThat(SettingDocs.of(Origin.Kind.class)).containsEntry("RECIPE", "A recipe.");
    assertThat(SettingDocs.of(String.class)).isEmpty();
  }
}
