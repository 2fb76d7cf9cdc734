package dev.ebt.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.plugin.ProgressListener;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that memory has no room for. */
class ImageStoreTest {
  @TempDir private Path folder;

  @Test
  void whatMemoryHasNoRoomForIsInAFileAndReadsTheSame() {
    try (ImageStore squares = new ImageStore(1, 4, 3 * 16)) {
      squares.expect(100);
      assertThat(squares.place("; ")).isEmpty();
      List<ByteBuffer> stored =
          IntStream.range(0, 100).parallel().mapToObj(i -> squares.keep(square(i))).toList();
      assertThat(stored.stream().filter(ByteBuffer::hasArray)).hasSize(3);
      for (int i = 0; i < 100; i++) {
        assertThat(Image.planes(stored.get(i))).isEqualTo(square(i));
      }
      assertThat(squares.place("; "))
          .isEqualTo("; 1.5 KiB in a temporary file in " + System.getProperty("java.io.tmpdir"));
    }
  }

  @Test
  void whatNeitherMemoryNorDiskCanHoldIsToldBeforeAnythingIsRead() {
    try (ImageStore squares = new ImageStore(3, 4096, 1 << 20)) {
      assertThatThrownBy(() -> squares.expect(Integer.MAX_VALUE))
          .isInstanceOf(UserException.class)
          .hasMessageMatching(
              "images: 2,147,483,647 of 48.0 MiB each need 98304.0 TiB beyond the memory for"
                  + " them; the disk of .* has room for .* Try a smaller modality.size, .*");
    }
  }

  @Test
  void folderIsTheSameWhereverItsImagesAreKept() throws IOException {
    for (int i = 0; i < 9; i++) {
      ImageStrip.ofPixels()
          .with(Array.filled(Shape.of(1, 8, 8), i / 9.0))
          .write(folder.resolve(i + ".png"));
    }
    AtomicInteger seen = new AtomicInteger();
    List<String> watched = new ArrayList<>();
    ProgressListener watch =
        (what, total) -> {
          watched.add(what + " of " + total);
          return new ProgressListener.Work(seen::incrementAndGet, () -> watched.add("end"));
        };
    try (ImageStore spilled = new ImageStore(1, 8, 0);
        ImageStore heap = new ImageStore(1, 8)) {
      LoadedImages one = LoadedImages.read(folder, spilled, 0, watch);
      LoadedImages other = LoadedImages.read(folder, heap, 0, ProgressListener.NOBODY);
      for (int i = 0; i < 9; i++) {
        assertThat(one.images().get(i).planes()).isEqualTo(other.images().get(i).planes());
      }
      assertThat(one.images()).noneMatch(image -> image.values().hasArray());
    }
    assertThat(seen).hasValue(9);
    assertThat(watched).containsExactly("images read of 9", "end");
  }

  private static byte[] square(int value) {
    byte[] planes = new byte[16];
    java.util.Arrays.fill(planes, (byte) value);
    return planes;
  }
}
