package dev.ebt.vision.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.plugin.Watch;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.encoder.PixelSpace;
import dev.ebt.vision.picture.AnimatedGif;
import dev.ebt.vision.picture.PictureStrip;
import dev.ebt.vision.picture.Squares;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoDatasetTest {
  private static final VideoSettings SETTINGS = new VideoSettings(8, 1, 4, null, null, null);

  private static final Shape FRAME = SETTINGS.frame();

  @TempDir private Path folder;

  @Test
  void everyFrameButTheFirstIsATarget() {
    VideoDataset dataset = bouncing(10, 3);
    // Ten clips of six frames have three windows each; those to be judged by do not overlap.
    assertThat(dataset.training().size()).isEqualTo(30);
    assertThat(dataset.validation().size()).isEqualTo(3);
    Batch batch = dataset.training().batch(7, 8);
    Array context = batch.context().get(NextFrame.FRAMES);
    assertThat(context.shape()).isEqualTo(Shape.of(2, 3, 64));
    assertThat(batch.target().shape()).isEqualTo(Shape.of(2, 3, 64));
    assertThat(part(batch.target(), 0)).isEqualTo(part(context, 1));
    assertThat(part(batch.target(), 1)).isEqualTo(part(context, 2));
    // The next window of the clip is one frame later.
    assertThat(part(context, 3)).isEqualTo(part(context, 1));
    assertThat(part(batch.target(), 5)).isNotEqualTo(part(batch.target(), 2));
  }

  @Test
  void clipsMoveAndComeAgainWithTheirSeed() {
    VideoDataset dataset = bouncing(10, 3);
    Clips clips = dataset.judged();
    assertThat(clips.length(0)).isEqualTo(6);
    assertThat(clips.frame(0, 1)).isNotEqualTo(clips.frame(0, 0));
    assertThat(clips.frame(1, 0)).isNotEqualTo(clips.frame(0, 0));
    assertThat(bouncing(10, 3).judged().frame(2, 5)).isEqualTo(clips.frame(2, 5));
    assertThat(clips.kinds()).containsExactly("disc", "ring", "rectangle", "triangle");
    assertThat(clips.kind(0)).isBetween(0, 3);
    assertThat(bouncing(10, 3).fingerprint()).isEqualTo(dataset.fingerprint());
    assertThat(bouncing(11, 3).fingerprint()).isNotEqualTo(dataset.fingerprint());
    assertThat(dataset.description())
        .startsWith(
            "built-in bouncing shapes: 10 clips of 6 frames to learn from, 3 to be judged by; 8x8,"
                + " grey, values -1 to 1; windows of 4 frames, predicted as pixels; repeating the"
                + " last frame gives psnr ");
  }

  @Test
  void shapesStayWithinTheWalls() {
    Clips clips = bouncing(40, 1).judged();
    double total = 0;
    for (int time = 0; time < clips.length(0); time++) {
      int lit = 0;
      for (byte value : clips.frame(0, time)) {
        lit += value & 0xFF;
      }
      total = Math.max(total, lit);
      assertThat(lit).isGreaterThan(0);
    }
    assertThat(total).isGreaterThan(255);
  }

  @Test
  void windowsLongerThanClipsAreRefused() {
    assertThatThrownBy(
            () ->
                VideoDataset.bouncing(
                    new BouncingData(1, 1, 3, null, null),
                    new NextFrame(SETTINGS, PixelSpace::new)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "data.length is 3; at least the 4 frames of a window (modality.frames) expected");
  }

  @Test
  void gifsAndFoldersOfFramesAreClips() throws IOException {
    gif("walk/one.gif", 10, 20, 30, 40, 50);
    frames("run/two", 60, 70, 80, 90);
    frames("run/three", 60, 70, 80, 91);
    frames("run/copy", 60, 70, 80, 91);
    VideoDataset dataset = own(0.34);
    assertThat(dataset.description())
        .contains(": 2 clips to learn from, 1 to be judged by, 1 left out as copies of others");
    assertThat(dataset.judged().kinds()).containsExactly("run", "walk");
    assertThat(own(1.0).judged().size()).isEqualTo(3);
    ClipCollection read = read(data(0.5));
    Clip walk = read.clips().get(3);
    assertThat(walk.kind()).isEqualTo(1);
    assertThat(walk.frames()).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat((double) (walk.frames().get(i).get(0) & 0xFF))
          .isBetween(10.0 * i + 7, 10.0 * i + 13);
    }
  }

  @Test
  void framesComeByTheirNumbers() throws IOException {
    Integer[] greys = new Integer[12];
    Arrays.setAll(greys, i -> 20 * i);
    frames("clip", greys);
    Clips clip = ClipCollection.one(folder, 1, FRAME);
    for (int i = 0; i < 12; i++) {
      assertThat(clip.frame(0, i)[0] & 0xFF).isEqualTo(20 * i);
    }
    ClipData half = new ClipData(folder.toString(), 3, 1.0, null);
    assertThat(read(half).clips().get(0).frames().get(1).get(0) & 0xFF).isEqualTo(60);
  }

  @Test
  void namesThatDifferInZerosCaseOrAccentsAreClipsOfTheirOwn() throws IOException {
    List<String> names =
        List.of("1", "01", "001", "walk", "Walk", "cafe", "caf\u00e9", "cafe\u0301", "2.x", "2.y");
    for (int i = 0; i < names.size(); i++) {
      frames(names.get(i), 10, 20, 30, 40 + i);
    }
    gif("clip1.gif", 110, 120, 130, 140);
    gif("clip01.gif", 110, 120, 130, 150);
    VideoDataset dataset = own(1.0);
    // Fewer than were made where a file system takes some of these names for one.
    assertThat(dataset.judged().size()).isEqualTo(folder.toFile().list().length).isGreaterThan(6);
    for (int i = 0; i < dataset.judged().size(); i++) {
      assertThat(dataset.judged().length(i)).isEqualTo(4);
    }
  }

  @Test
  void oneFrameIsNoClip() throws IOException {
    frames("still", 100);
    assertThatThrownBy(() -> own(1.0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("1 of 1 clip cannot be used: still (1 frame; 4 or more expected)")
        .hasMessageContaining("modality.frames, the frames of a window");
    gif("clips/still.gif", 1);
    assertThatThrownBy(() -> ClipCollection.one(folder.resolve("clips"), 2, FRAME))
        .hasMessageEndingWith(": 1 frame; 2 or more expected");
  }

  @Test
  void damageIsNamed() throws IOException {
    frames("moving", 1, 2, 3, 4, 5);
    Files.writeString(folder.resolve("moving/2.png"), "no picture");
    Files.writeString(folder.resolve("text.gif"), "no picture");
    gif("cut.gif", 10, 20, 30, 40, 50);
    byte[] whole = Files.readAllBytes(folder.resolve("cut.gif"));
    Files.write(folder.resolve("cut.gif"), Arrays.copyOf(whole, whole.length * 2 / 3));
    assertThatThrownBy(() -> own(1.0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("3 of 3 clips cannot be used: cut.gif (")
        .hasMessageContaining("moving (2.png: not a PNG, JPEG, WebP, TIFF, BMP or GIF)")
        .hasMessageContaining("text.gif (not a GIF)");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> ClipCollection.one(empty, 1, FRAME))
        .hasMessageStartingWith("no clips in the folder ");
    assertThatThrownBy(() -> ClipCollection.one(folder, 1, FRAME))
        .hasMessageContaining(" holds 3 clips; one expected: ");
  }

  @Test
  void settingsWithoutMeaningAreRefused() {
    assertRefused(() -> new VideoSettings(8, 2, 4, null, null, null), "channels is 2; 1");
    assertRefused(() -> new VideoSettings(8, 1, 1, null, null, null), "frames is 1; at least");
    assertRefused(
        () -> new VideoSettings(8, 1, 4, null, null, null, -1.0), "curvature is -1.0; 0 or more");
    assertRefused(() -> new ClipData("", null, null, null), "data.path is missing");
    assertRefused(() -> new ClipData("x", 0, null, null), "data.every is 0; at least 1 expected");
    assertRefused(() -> new BouncingData(0, null, null, null, null), "data.clips is 0; at least 1");
  }

  private static void assertRefused(Runnable made, String message) {
    assertThatThrownBy(made::run).isInstanceOf(UserException.class).hasMessageContaining(message);
  }

  private static float[] part(Array array, int index) {
    return Arrays.copyOfRange(array.floats(), index * 64, (index + 1) * 64);
  }

  private static VideoDataset bouncing(int clips, int judged) {
    return VideoDataset.bouncing(
        new BouncingData(clips, judged, 6, 2, null), new NextFrame(SETTINGS, PixelSpace::new));
  }

  private ClipCollection read(ClipData data) {
    Squares squares = new Squares(FRAME.size(0), FRAME.size(1));
    return ClipCollection.read(folder, data, 4, squares, Watch.NOBODY);
  }

  private VideoDataset own(double validation) {
    return VideoDataset.own(
        data(validation), new NextFrame(SETTINGS, PixelSpace::new), Watch.NOBODY);
  }

  private ClipData data(double validation) {
    return new ClipData(folder.toString(), null, validation, null);
  }

  /** Frames of one grey each. */
  private void frames(String name, Integer... greys) throws IOException {
    Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < greys.length; i++) {
      strip(greys[i]).write(folder.resolve(name).resolve(i + ".png"));
    }
  }

  private void gif(String name, int... greys) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    List<BufferedImage> frames = new ArrayList<>();
    for (int grey : greys) {
      frames.add(strip(grey).draw());
    }
    AnimatedGif.write(frames, 10, folder.resolve(name));
  }

  private static PictureStrip strip(int grey) {
    return new PictureStrip().with(Array.filled(Shape.of(1, 8, 8), grey / 127.5 - 1));
  }
}
