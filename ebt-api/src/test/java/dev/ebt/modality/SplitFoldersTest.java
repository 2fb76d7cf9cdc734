package dev.ebt.modality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitFoldersTest {
  @TempDir private Path folder;

  private void folders(String... names) throws IOException {
    for (String name : names) {
      Files.createDirectories(folder.resolve(name));
    }
  }

  @Test
  void validationIsJudgedByAndTestLeftOut() throws IOException {
    folders("train", "val", "test", ".git");
    Files.writeString(folder.resolve("README.md"), "beside them");
    SplitFolders split = SplitFolders.of(folder).orElseThrow();
    assertThat(split.training()).containsExactly(folder.resolve("train"));
    assertThat(split.validation()).containsExactly(folder.resolve("val"));
    assertThat(split.leftOut()).containsExactly(folder.resolve("test"));
    assertThat(split.description())
        .isEqualTo("folder train for training, folder val for validation; folder test not used");
  }

  @Test
  void testIsJudgedByWhereThereIsNoValidation() throws IOException {
    folders("Train", "TEST");
    SplitFolders split = SplitFolders.of(folder).orElseThrow();
    assertThat(split.validation()).containsExactly(folder.resolve("TEST"));
    assertThat(split.description())
        .isEqualTo("folder Train for training, folder TEST for validation");
  }

  @Test
  void severalValidationFoldersAreTakenTogether() throws IOException {
    folders("train", "valid", "validation");
    assertThat(SplitFolders.of(folder).orElseThrow().validation())
        .containsExactly(folder.resolve("valid"), folder.resolve("validation"));
  }

  @Test
  void otherFoldersAreNoSplit() throws IOException {
    assertThat(SplitFolders.of(folder)).isEmpty();
    assertThat(SplitFolders.of(folder.resolve("none"))).isEmpty();
    folders("train");
    assertThat(SplitFolders.of(folder)).as("nothing for validation").isEmpty();
    folders("val");
    assertThat(SplitFolders.of(folder)).isPresent();
    folders("extra");
    assertThat(SplitFolders.of(folder)).as("a folder of another name").isEmpty();
  }

  @Test
  void nothingToLearnFromIsNoSplit() throws IOException {
    folders("val", "test");
    assertThat(SplitFolders.of(folder)).isEmpty();
  }
}
