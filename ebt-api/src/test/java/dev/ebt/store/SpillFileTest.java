package dev.ebt.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillFileTest {
  private static final int MEBIBYTE = 1 << 20;

  @TempDir private Path folder;

  @Test
  void slotsShareMappingsAndStayApart() throws IOException {
    Path file = folder.resolve("slots");
    try (SpillFile slots = SpillFile.open(file, 3 * MEBIBYTE, 8, "test: ", "Help.")) {
      for (int i : new int[] {7, 0, 5, 4}) {
        ByteBuffer slot = slots.at(i);
        assertThat(slot.capacity()).isEqualTo(3 * MEBIBYTE);
        slot.put(0, (byte) i).put(3 * MEBIBYTE - 1, (byte) (10 + i));
      }
      for (int i : new int[] {0, 4, 5, 7}) {
        assertThat(slots.at(i).get(0)).isEqualTo((byte) i);
        assertThat(slots.at(i).get(3 * MEBIBYTE - 1)).isEqualTo((byte) (10 + i));
      }
      assertThat(slots.at(1).get(0)).isZero();
      // Five slots fit into a mapping of 16 MiB; the second one has the last three.
      assertThat(Files.size(file)).isEqualTo(4096 + 8 * 3L * MEBIBYTE);
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void moreSlotsThanASystemAllowsMappingsAreNoTrouble() {
    try (SpillFile slots = SpillFile.temporary(16, Integer.MAX_VALUE, "test: ", "Help.")) {
      for (int i = 0; i < 200_000; i++) {
        slots.at(i).putInt(0, i);
      }
      assertThat(slots.at(199_999).getInt(0)).isEqualTo(199_999);
      assertThat(slots.at(70_000).getInt(0)).isEqualTo(70_000);
    }
  }

  @Test
  void temporaryFileIsGoneEvenIfNobodyClosesIt() throws IOException {
    List<Path> before = spilled();
    SpillFile slots = SpillFile.temporary(16, 4, "test: ", "Help.");
    slots.at(0).putInt(0, 1);
    if (!System.getProperty("os.name").startsWith("Windows")) {
      assertThat(spilled()).isEqualTo(before);
    }
    assertThat(slots.at(0).getInt(0)).isEqualTo(1);
    slots.close();
    assertThat(spilled()).isEqualTo(before);
  }

  private static List<Path> spilled() throws IOException {
    try (Stream<Path> files = Files.list(SpillFile.temporaryFolder())) {
      return files.filter(file -> file.toString().endsWith(".spill")).sorted().toList();
    }
  }
}
