package dev.ebt.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepFolderTest {
  @TempDir Path folder;

  private static SweepPlan plan() {
    return new SweepPlan(
        List.of(new PlannedRun("seed=1", Map.of("seed", "1"), "seed: 1\n", 2, 1)),
        SweepOptions.usual());
  }

  @Test
  void whatAKilledProgramWroteBeforeThePlanIsNoSweep() throws IOException {
    Files.createDirectories(folder.resolve("configurations"));
    Files.writeString(folder.resolve("configurations/.tmp-seed=1.yaml-12"), "se");
    Files.writeString(folder.resolve(".tmp-plan.json-12"), "{");

    SweepFolder created = SweepFolder.create(folder, plan());

    assertThat(SweepFolder.open(folder)).isEqualTo(created);
  }

  @Test
  void aFolderWithOtherFilesOrAPlanIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("tmp-notes.txt"), "mine");

    assertThatThrownBy(() -> SweepFolder.create(folder, plan()))
        .isInstanceOf(UserException.class)
        .hasMessage(folder + " already exists; choose another place with --out");

    Files.delete(file);
    SweepFolder.create(folder, plan());
    assertThatThrownBy(() -> SweepFolder.create(folder, plan()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("continue it with --resume " + folder);
  }
}
