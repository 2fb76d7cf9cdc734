package dev.ebt.vision.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.interact.AnimatedGif;
import dev.ebt.modality.Batch;
import dev.ebt.modality.LatentSpace;
import dev.ebt.plugin.ProgressListener;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.encoder.PixelSpace;
import dev.ebt.vision.image.Clip;
import dev.ebt.vision.image.ClipSource;
import dev.ebt.vision.image.ImageStore;
import dev.ebt.vision.image.ImageStrip;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoDatasetTest {
  private static final VideoSettings SETTINGS = new VideoSettings(8, 1, 4, null, null, null);

  private static final Shape FRAME = SETTINGS.frame();

  @TempDir private Path folder;

  @Test
  void everyFrameButTheFirstIsATarget() {
    VideoDataset dataset = bouncing(10, 3);
    // Ten clips of six frames have three windows each; many for validation do not overlap.
    assertThat(dataset.training().size()).isEqualTo(30);
    assertThat(dataset.validation().size()).isEqualTo(9);
    assertThat(bouncing(10, 64).validation().size()).isEqualTo(64);
    Batch batch = dataset.training().batch(7, 8);
    Array context = batch.context().get(NextFrameModality.FRAMES);
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
    ClipSource clips = dataset.validationClips();
    assertThat(clips.length(0)).isEqualTo(6);
    assertThat(clips.frame(0, 1)).isNotEqualTo(clips.frame(0, 0));
    assertThat(clips.frame(1, 0)).isNotEqualTo(clips.frame(0, 0));
    assertThat(bouncing(10, 3).validationClips().frame(2, 5)).isEqualTo(clips.frame(2, 5));
    assertThat(clips.classes()).containsExactly("disc", "ring", "rectangle", "triangle");
    assertThat(clips.label(0)).isBetween(0, 3);
    assertThat(bouncing(10, 3).fingerprint()).isEqualTo(dataset.fingerprint());
    assertThat(bouncing(11, 3).fingerprint()).isNotEqualTo(dataset.fingerprint());
    assertThat(dataset.description())
        .startsWith(
            "built-in bouncing shapes: 10 clips of 6 frames for training, 3 for validation; 8x8,"
                + " grey, values -1 to 1; windows of 4 frames, predicted as pixels; repeating the"
                + " last frame gives psnr ");
  }

  @Test
  void framesAreEncodedForTheFirstDescriptionOnly() {
    AtomicInteger encoded = new AtomicInteger();
    NextFrameModality modality =
        new NextFrameModality(SETTINGS, frame -> new Counted(new PixelSpace(frame), encoded));
    VideoDataset dataset =
        VideoDataset.bouncing(new BouncingDatasetSettings(10, 3, 6, 2, null), modality);
    String description = dataset.description();
    int once = encoded.get();
    assertThat(once).isPositive();
    assertThat(dataset.description()).isEqualTo(description);
    assertThat(encoded).hasValue(once);
    modality.restore(modality.fitted());
    assertThat(dataset.description()).isEqualTo(description);
    assertThat(encoded).as("other components, another error").hasValue(2 * once);
  }

  /** Pixels that count how often they are encoded. */
  private record Counted(PixelSpace pixels, AtomicInteger encoded) implements LatentSpace {
    @Override
    public int size() {
      return pixels.size();
    }

    @Override
    public Tensor encode(Tensor values) {
      encoded.incrementAndGet();
      return pixels.encode(values);
    }

    @Override
    public Tensor decode(Tensor latents) {
      return pixels.decode(latents);
    }

    @Override
    public String description() {
      return pixels.description();
    }

    @Override
    public String fingerprint() {
      return pixels.fingerprint();
    }
  }

  @Test
  void shapesStayWithinTheWalls() {
    ClipSource clips = bouncing(40, 1).validationClips();
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
                    new BouncingDatasetSettings(1, 1, 3, null, null),
                    new NextFrameModality(SETTINGS, PixelSpace::new)))
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
        .contains(": 2 clips for training, 1 for validation, 1 duplicates removed");
    assertThat(dataset.validationClips().classes()).containsExactly("run", "walk");
    assertThat(own(1.0).validationClips().size()).isEqualTo(3);
    LoadedClips read = read(data(0.5));
    Clip walk = read.clips().get(3);
    assertThat(walk.label()).isEqualTo(1);
    assertThat(walk.frames()).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat((double) (walk.frames().get(i).get(0) & 0xFF))
          .isBetween(10.0 * i + 7, 10.0 * i + 13);
    }
  }

  @Test
  void fewClipsAreSplitInTime() throws IOException {
    frames("one", 0, 10, 20, 30, 40, 50, 60, 70, 80, 90);
    frames("two", 100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200, 210);
    frames("short", 1, 2, 3, 4, 5, 6, 7);
    assertThat(own(0.1).description())
        .as("a share that is given is one of clips")
        .contains(": 2 clips for training, 1 for validation");
    VideoDataset dataset = own(null);
    assertThat(dataset.description())
        .contains(
            ": 3 clips, split in time: all but the last frames for training, the last 8 frames of"
                + " 2 for validation");
    List<Integer> validation = new ArrayList<>();
    for (int clip = 0; clip < dataset.validationClips().size(); clip++) {
      for (int time = 0; time < dataset.validationClips().length(clip); time++) {
        validation.add(dataset.validationClips().frame(clip, time)[0] & 0xFF);
      }
    }
    assertThat(validation).containsExactlyInAnyOrder(60, 70, 80, 90, 180, 190, 200, 210);
    // Windows of four frames: three of one, five of two, four of the short one.
    assertThat(dataset.training().size()).isEqualTo(3 + 5 + 4);
    ClipDatasetSettings byClip =
        new ClipDatasetSettings(
            folder.toString(), 1, 0.1, ClipDatasetSettings.By.CLIPS, null, null, null);
    assertThat(of(byClip).description()).contains(": 2 clips for training, 1 for validation");
    assertThat(of(byClip).fingerprint()).isNotEqualTo(dataset.fingerprint());
  }

  @Test
  void clipsTooShortForTwoPartsAreTold() throws IOException {
    frames("one", 0, 10, 20, 30, 40, 50, 60);
    assertThatThrownBy(() -> own(null))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has 7 frames: too few for training and validation")
        .hasMessageContaining("a clip of 8 or more expected, twice the frames of a window");
    ClipDatasetSettings byClip =
        new ClipDatasetSettings(
            folder.toString(), 1, 0.1, ClipDatasetSettings.By.CLIPS, null, null, null);
    assertThatThrownBy(() -> of(byClip))
        .hasMessageContaining("has 1 different clip: too few")
        .hasMessageContaining("data.split=time");
  }

  @Test
  void clipsAreAlsoLearntFromMirroredAndBackwards() {
    List<byte[]> shots = List.of(new byte[] {1, 2, 3, 4}, new byte[] {5, 6, 7, 8});
    Clip clip = new Clip(shots.stream().map(java.nio.ByteBuffer::wrap).toList(), 0);
    ClipSource varied = new VariedClips(ClipSource.of(List.of(clip), List.of("a", "b")), 2);
    assertThat(varied.size()).isEqualTo(4);
    assertThat(varied.frame(0, 0)).containsExactly(1, 2, 3, 4);
    assertThat(varied.frame(1, 0)).containsExactly(2, 1, 4, 3);
    assertThat(varied.frame(2, 0)).containsExactly(5, 6, 7, 8);
    assertThat(varied.frame(3, 1)).containsExactly(2, 1, 4, 3);
    assertThat(varied.label(3)).isZero();
  }

  @Test
  void framesComeByTheirNumbers() throws IOException {
    Integer[] greys = new Integer[12];
    Arrays.setAll(greys, i -> 20 * i);
    frames("clip", greys);
    ClipSource clip = LoadedClips.one(folder, 1, FRAME);
    for (int i = 0; i < 12; i++) {
      assertThat(clip.frame(0, i)[0] & 0xFF).isEqualTo(20 * i);
    }
    ClipDatasetSettings half = new ClipDatasetSettings(folder.toString(), 3, 1.0, null, null);
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
    assertThat(dataset.validationClips().size())
        .isEqualTo(folder.toFile().list().length)
        .isGreaterThan(6);
    for (int i = 0; i < dataset.validationClips().size(); i++) {
      assertThat(dataset.validationClips().length(i)).isEqualTo(4);
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
    assertThatThrownBy(() -> LoadedClips.one(folder.resolve("clips"), 2, FRAME))
        .hasMessageEndingWith(": 1 frame; 2 or more expected");
  }

  @Test
  void unrelatedImagesAreNoFrames() throws IOException {
    for (int clip = 0; clip < 2; clip++) {
      for (int i = 0; i < 9; i++) {
        noise(clip + "/" + i + ".png", clip * 100 + i, 8);
      }
    }
    assertThatThrownBy(() -> own(1.0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "2 of 2 clips cannot be used: 0 (its images look unrelated: those that follow each"
                + " other differ as much as any two); 1 (")
        .hasMessageEndingWith(
            "Recipes denoise and generate train on single images; data.checkFrames=false takes"
                + " unrelated ones for frames");
    ClipDatasetSettings unchecked =
        new ClipDatasetSettings(folder.toString(), null, 1.0, null, false);
    assertThat(read(unchecked).clips()).hasSize(2);
  }

  @Test
  void movingNoiseIsAClip() throws IOException {
    // A window that goes over noise: neighbours are correlated by their smooth parts.
    for (int i = 0; i < 9; i++) {
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
      for (int j = 0; j < 64; j++) {
        double wave = Math.sin((j % 8 + i) * 0.5) + Math.cos(j / 8 * 0.9 + i * 0.2);
        image.getRaster().setSample(j % 8, j / 8, 0, (int) (127 + 60 * wave));
      }
      save(image, "wave/" + i + ".png");
    }
    assertThat(own(1.0).validationClips().size()).isEqualTo(1);
  }

  @Test
  void namesAndSizesThatFramesDoNotHaveAreNamed() throws IOException {
    frames("good", 1, 2, 3, 4);
    frames("twice", 10, 20, 30, 40);
    Files.copy(folder.resolve("twice/2.png"), folder.resolve("twice/02.png"));
    frames("sizes", 11, 21, 31);
    noise("sizes/3.png", 1, 9);
    noise("album/beach.png", 1, 8);
    noise("album/hills.png", 2, 8);
    assertThatThrownBy(() -> own(1.0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("3 of 4 clips cannot be used: ")
        .hasMessageContaining("album (no number in the name of its image beach.png)")
        .hasMessageContaining(
            "twice (02.png and 2.png have the same number; one image of each number expected)")
        .hasMessageContaining("sizes (its images differ in size: 0.png is 128x128, 3.png 9x9)");
  }

  @Test
  void foldersTrainAndTestAreASplit() throws IOException {
    frames("train/a/one", 1, 2, 3, 4);
    frames("train/b/two", 10, 20, 30, 40);
    frames("test/a/three", 50, 60, 70, 80);
    Files.createFile(folder.resolve("test/four.mp4"));
    VideoDataset dataset = own(null);
    assertThat(dataset.description())
        .contains(
            ": 2 clips for training, 1 for validation, folder train for training, folder test for"
                + " validation, 1 file not read: 1 .mp4 (test/four.mp4); 8x8");
    assertThat(dataset.validationClips().frame(0, 0)[0]).isEqualTo((byte) 50);
    assertThat(dataset.validationClips().classes()).containsExactly("a", "b");
    assertThat(dataset.validationClips().label(0)).isZero();
    assertThat(own(1.0).validationClips().size()).isEqualTo(3);
  }

  @Test
  void videosAreToldHowToBecomeFrames() throws IOException {
    Files.createFile(folder.resolve("a.mp4"));
    assertThatThrownBy(() -> own(null))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            ": it contains a.mp4; animated GIFs or folders of frames expected. Videos are not read:"
                + " ffmpeg -i VIDEO FOLDER/%05d.png makes frames");
  }

  private void noise(String name, int seed, int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    double[] values = Philox.uniform(seed, 0, side * side);
    for (int i = 0; i < values.length; i++) {
      image.getRaster().setSample(i % side, i / side, 0, (int) (255 * values[i]));
    }
    save(image, name);
  }

  private void save(BufferedImage image, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void damageIsNamed() throws IOException {
    frames("moving", 1, 2, 3, 4, 5);
    Files.writeString(folder.resolve("moving/2.png"), "no image");
    Files.writeString(folder.resolve("text.gif"), "no image");
    gif("cut.gif", 10, 20, 30, 40, 50);
    byte[] whole = Files.readAllBytes(folder.resolve("cut.gif"));
    Files.write(folder.resolve("cut.gif"), Arrays.copyOf(whole, whole.length * 2 / 3));
    assertThatThrownBy(() -> own(1.0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("3 of 3 clips cannot be used: cut.gif (")
        .hasMessageContaining("moving (2.png: not a PNG, JPEG, WebP, TIFF, BMP or GIF)")
        .hasMessageContaining("text.gif (not a GIF)");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> LoadedClips.one(empty, 1, FRAME))
        .hasMessageStartingWith("no clips in the folder ");
    assertThatThrownBy(() -> LoadedClips.one(folder, 1, FRAME))
        .hasMessageContaining(" contains 3 clips; one expected: ");
  }

  @Test
  void settingsWithoutMeaningAreRefused() {
    assertRefused(() -> new VideoSettings(8, 2, 4, null, null, null), "channels is 2; 1");
    assertRefused(() -> new VideoSettings(8, 1, 1, null, null, null), "frames is 1; at least");
    assertRefused(
        () -> new VideoSettings(8, 1, 4, null, null, null, -1.0), "curvature is -1.0; 0 or more");
    assertRefused(
        () -> new ClipDatasetSettings("", null, null, null, null), "data.path is missing");
    assertRefused(
        () -> new ClipDatasetSettings("x", 0, null, null, null),
        "data.frameStride is 0; at least 1 expected");
    assertRefused(
        () -> new BouncingDatasetSettings(0, null, null, null, null),
        "data.clips is 0; at least 1");
  }

  private static void assertRefused(Runnable made, String message) {
    assertThatThrownBy(made::run).isInstanceOf(UserException.class).hasMessageContaining(message);
  }

  private static float[] part(Array array, int index) {
    return Arrays.copyOfRange(array.floats(), index * 64, (index + 1) * 64);
  }

  private static VideoDataset bouncing(int clips, int validation) {
    return VideoDataset.bouncing(
        new BouncingDatasetSettings(clips, validation, 6, 2, null),
        new NextFrameModality(SETTINGS, PixelSpace::new));
  }

  private LoadedClips read(ClipDatasetSettings data) {
    ImageStore squares = new ImageStore(FRAME.size(0), FRAME.size(1));
    return LoadedClips.read(folder, data, 4, squares, ProgressListener.NOBODY);
  }

  private VideoDataset own(@Nullable Double validation) {
    return of(data(validation));
  }

  private static VideoDataset of(ClipDatasetSettings data) {
    return VideoDataset.own(
        data, new NextFrameModality(SETTINGS, PixelSpace::new), ProgressListener.NOBODY);
  }

  private ClipDatasetSettings data(@Nullable Double validation) {
    return new ClipDatasetSettings(folder.toString(), null, validation, null, null);
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
    Files.write(folder.resolve(name), new AnimatedGif(frames, 10).encode());
  }

  private static ImageStrip strip(int grey) {
    return new ImageStrip().with(Array.filled(Shape.of(1, 8, 8), grey / 127.5 - 1));
  }
}
