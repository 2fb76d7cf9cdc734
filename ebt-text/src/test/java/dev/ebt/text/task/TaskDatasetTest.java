package dev.ebt.text.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.text.TextModality;
import dev.ebt.text.TextSettings;
import dev.ebt.text.token.ByteTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskDatasetTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      // Each record comes twice.
      text.append(String.format(Locale.ROOT, "the number %d is %d\n", i % 20, i % 20));
    }
    file = Files.writeString(folder.resolve("task.txt"), text);
  }

  private TaskDataset dataset(Double validation, int length) {
    return TaskDataset.read(
        new TaskDatasetSettings("lambada", file.toString(), validation),
        new TextModality(new TextSettings(length, null, null, null), new ByteTokenizer()));
  }

  private static Set<String> texts(dev.ebt.modality.Examples examples) {
    Set<String> texts = new HashSet<>();
    IntStream.range(0, examples.size())
        .forEach(
            row ->
                texts.add(
                    examples.batch(row).target().toString()
                        + java.util.Arrays.toString(examples.batch(row).target().longs())));
    return texts;
  }

  @Test
  void equalRecordsAreOnOneSideAndNoneIsOnBoth() {
    TaskDataset dataset = dataset(0.25, 64);
    assertThat(dataset.training().size()).isEqualTo(30);
    assertThat(dataset.validation().size()).isEqualTo(10);
    assertThat(texts(dataset.training())).hasSize(15);
    assertThat(texts(dataset.validation()))
        .hasSize(5)
        .doesNotContainAnyElementsOf(texts(dataset.training()));
    assertThat(dataset.description())
        .isEqualTo(
            "lambada: 40 records of %s; 30 for training, 10 for validation, answers only"
                .formatted(file));
  }

  @Test
  void allOrNoneForValidation() {
    assertThat(dataset(0.0, 64).validation().size()).isZero();
    assertThat(dataset(1.0, 64).training().size()).isZero();
    assertThat(dataset(0.999, 64).training().size()).as("some are left").isEqualTo(2);
  }

  @Test
  void fingerprintIsOfRecordsSplitAndWindow() throws IOException {
    String first = dataset(0.25, 64).fingerprint();
    assertThat(dataset(0.25, 64).fingerprint()).isEqualTo(first);
    assertThat(dataset(0.3, 64).fingerprint()).isNotEqualTo(first);
    assertThat(dataset(0.25, 32).fingerprint()).isNotEqualTo(first);
    Files.writeString(file, Files.readString(file).replace("7", "8"));
    assertThat(dataset(0.25, 64).fingerprint()).isNotEqualTo(first);
  }

  @Test
  void settingsWithoutMeaningAreRefused() {
    assertThat(new TaskDatasetSettings("arc", "f", null).validation()).isEqualTo(0.1);
    assertThatThrownBy(() -> new TaskDatasetSettings(null, "f", null))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("data.format is missing; one of gsm8k,");
    assertThatThrownBy(() -> new TaskDatasetSettings("gms8k", "f", null))
        .hasMessageStartingWith("data.format is 'gms8k', which is unknown: did you mean 'gsm8k'?");
    assertThatThrownBy(() -> new TaskDatasetSettings("arc", " ", null))
        .hasMessageStartingWith("data.path is missing");
    assertThatThrownBy(() -> new TaskDatasetSettings("arc", "f", 1.5))
        .hasMessage("data.validation is 1.5; 0 to 1 expected");
  }
}
