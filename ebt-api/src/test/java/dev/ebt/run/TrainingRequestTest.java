package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.plugin.BundledModel;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.ResolvedConfiguration;
import dev.ebt.plugin.RunConfiguration;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingRequestTest {
  private static final BundledModel BUNDLED =
      new BundledModel(
          "tiny",
          "does little",
          TrainingRequestTest.class,
          "/dev/ebt/plugin/models/tiny",
          List.of(),
          false);

  private static Path folder(Path like) {
    return TrainingRequest.like(like, "transformer")
        .folder(ResolvedConfiguration.of(RunConfiguration.defaults()));
  }

  @Test
  void aMatchedTrainingIsBesideTheRunButNotBesideABundledModel() {
    assertThat(folder(Path.of("mine", "book"))).isEqualTo(Path.of("mine", "book-transformer"));
    assertThat(folder(BundledModelFolders.folder(BUNDLED)))
        .isEqualTo(Path.of("runs", "tiny-transformer"));
  }
}
