package dev.ebt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.TestArrays;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir Path temporary;
  private Path folder;
  private Checkpoints checkpoints;

  @BeforeEach
  void setUp() {
    folder = temporary.resolve("checkpoints");
    checkpoints = new Checkpoints(folder);
  }

  private static CheckpointMetadata progress(long step, @Nullable Double loss) {
    return CheckpointMetadata.of(
        step,
        step * 16,
        33,
        loss,
        Map.of("modality", new CheckpointMetadata.Part("text", "bytes-256")),
        "0.1.0",
        Sha256.of("seed: 33"));
  }

  private static Map<String, Array> tensors(double value) {
    return Map.of("a.weight", Array.filled(Shape.of(2, 3), value), "alpha", Array.scalar(value));
  }

  private Path save(long step, @Nullable Double loss) {
    return checkpoints.save(progress(step, loss), tensors(step), tensors(-step), 2);
  }

  private static String refusal(ThrowingCallable action) {
    return catchThrowableOfType(UserException.class, action).getMessage();
  }

  private List<String> names() {
    return checkpoints.complete().stream().map(path -> path.getFileName().toString()).toList();
  }

  @Test
  void readsWhatItSaved() {
    Path saved = save(600, 1.25);

    StoredCheckpoint read = checkpoints.latest();

    assertThat(saved).isEqualTo(folder.resolve("step-00000600"));
    assertThat(read.folder()).isEqualTo(saved);
    assertThat(read.progress().withFiles(Map.of())).isEqualTo(progress(600, 1.25));
    assertThat(read.parameters()).isEqualTo(tensors(600));
    assertThat(read.optimizer()).isEqualTo(tensors(-600));
    assertThat(saved).isDirectoryContaining("glob:**/progress.json");
  }

  @Test
  void keepsTheLatestAndTheBest() {
    save(100, 3.0);
    save(200, 1.0);
    save(300, 2.0);
    save(400, null);
    save(500, 2.5);

    assertThat(names()).containsExactly("step-00000200", "step-00000400", "step-00000500");
    assertThat(checkpoints.named("best").progress().step()).isEqualTo(200);
    assertThat(checkpoints.named("latest").progress().step()).isEqualTo(500);
    assertThat(checkpoints.named("400").progress().step()).isEqualTo(400);
    assertThat(checkpoints.named("step-00000400").progress().step()).isEqualTo(400);
    assertThat(refusal(() -> checkpoints.named("300")))
        .isEqualTo("unknown checkpoint '300'. Known: step-00000200, step-00000400, step-00000500");
  }

  @Test
  void replacesOneOfTheSameStep() {
    save(100, null);
    save(100, 2.0);

    assertThat(checkpoints.latest().progress().validationLoss()).isEqualTo(2.0);
    assertThat(folder.toFile().list()).containsExactly("step-00000100");
  }

  @Test
  void findsTheOldOneWhenReplacingItWasInterrupted() throws IOException {
    Path saved = save(100, 1.0);
    Files.move(saved, folder.resolve("step-00000100~"));
    Files.createDirectory(folder.resolve(".tmp-step-00000100-1"));

    assertThat(checkpoints.latest().progress().validationLoss()).isEqualTo(1.0);
    assertThat(checkpoints.named("100").parameters()).isEqualTo(tensors(100));
    save(100, 2.0);
    assertThat(checkpoints.latest().progress().validationLoss()).isEqualTo(2.0);
    assertThat(folder.toFile().list()).containsExactly("step-00000100");
  }

  @Test
  void passesOverIncompleteOnes() throws IOException {
    save(100, null);
    Path half = save(200, null);
    Files.delete(half.resolve("optimizer.safetensors"));
    Files.createDirectories(folder.resolve("step-00000300"));
    Files.createDirectories(folder.resolve(".tmp-step-00000400-1"));

    assertThat(names()).containsExactly("step-00000100");
    assertThat(checkpoints.latest().progress().step()).isEqualTo(100);
  }

  @Test
  void saysWhenThereIsNone() {
    assertThat(refusal(checkpoints::latest)).isEqualTo(folder + " has no complete checkpoint");
    assertThat(refusal(() -> checkpoints.named("best")))
        .isEqualTo(folder + " has no complete checkpoint");
  }

  @Test
  void tellsADamagedFileAndWhatElseThereIs() throws IOException {
    save(100, null);
    Path model = save(200, null).resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length - 1] ^= 1;
    Files.write(model, bytes);

    assertThat(refusal(checkpoints::latest))
        .startsWith(model + " is damaged: its hash is ")
        .endsWith(
            "Use another checkpoint or a copy of this one. Other checkpoints here: step-00000100;"
                + " take one with --checkpoint, such as --checkpoint 100, or the latest one that is"
                + " not damaged with --checkpoint latest-good");
  }

  @Test
  void latestGoodIsTheLastOneBeforeThoseDamaged() throws IOException {
    save(100, null);
    save(200, null);
    checkpoints.save(progress(300, null), tensors(300), tensors(1), 9);
    damage(folder.resolve("step-00000300/optimizer.safetensors"));
    damage(folder.resolve("step-00000200/progress.json"));

    assertThat(checkpoints.named("latest-good").progress().step()).isEqualTo(100);
    damage(folder.resolve("step-00000100/model.safetensors"));
    assertThat(refusal(() -> checkpoints.named("latest-good")))
        .startsWith(folder.resolve("step-00000100/model.safetensors") + " is damaged");
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 9] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void tellsAnyChangedByteOfTensors() throws IOException {
    Path saved = save(100, 1.5);
    for (String name : List.of("model.safetensors", "optimizer.safetensors")) {
      byte[] bytes = Files.readAllBytes(saved.resolve(name));
      for (int at = 0; at < bytes.length; at++) {
        byte[] bad = bytes.clone();
        bad[at] ^= 1;
        Files.write(saved.resolve(name), bad);
        assertThat(refusal(() -> StoredCheckpoint.read(saved))).contains(name + " is damaged");
      }
      Files.write(saved.resolve(name), bytes);
    }
  }

  @Test
  void goesOnSavingBesideADamagedOne() throws IOException {
    Path damaged = save(100, 1.0);
    Files.writeString(damaged.resolve("progress.json"), "{");

    save(200, 2.0);

    assertThat(checkpoints.latest().progress().step()).isEqualTo(200);
  }

  @Test
  void refusesAStepThatIsNotThatOfTheFolder() throws IOException {
    Path saved = save(100, null);
    save(200, null);
    Files.copy(
        folder.resolve("step-00000200/progress.json"),
        saved.resolve("progress.json"),
        StandardCopyOption.REPLACE_EXISTING);

    assertThat(refusal(() -> checkpoints.named("100")))
        .startsWith(saved.resolve("progress.json") + " is of another checkpoint or damaged: its")
        .contains("its step is 200, that of its folder 100. ");
    assertThat(checkpoints.named("best").progress().step()).isEqualTo(200);
  }

  @Test
  void setsLaterOnesAsideWhenARunGoesBack() throws IOException {
    save(100, null);
    checkpoints.save(progress(200, null), tensors(200), tensors(1), 9);
    checkpoints.save(progress(300, null), tensors(300), tensors(1), 9);

    assertThat(checkpoints.setAsideAfter(100))
        .containsExactly(
            folder.resolve("step-00000200.set-aside"), folder.resolve("step-00000300.set-aside"));
    assertThat(names()).containsExactly("step-00000100");
    save(200, null);
    assertThat(checkpoints.setAsideAfter(100)).hasSize(1);
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(
            "step-00000100", "step-00000200.set-aside", "step-00000300.set-aside");
  }

  @Test
  void tellsParametersThatDoNotFit() {
    StoredCheckpoint read =
        new StoredCheckpoint(Path.of("c"), progress(1, null), tensors(1), Map.of());
    Shape matrix = Shape.of(2, 3);

    assertThat(read.parametersFor(Map.of("a.weight", matrix, "alpha", Shape.scalar())))
        .isEqualTo(tensors(1));
    assertThat(refusal(() -> read.parametersFor(Map.of("a.weight", matrix))))
        .isEqualTo(
            Path.of("c", "model.safetensors")
                + " does not fit the configured model:"
                + " tensor 'alpha' found, which this configuration has no use for");
    assertThat(refusal(() -> read.parametersFor(Map.of("a.weight", Shape.of(3, 2), "b", matrix))))
        .isEqualTo(
            Path.of("c", "model.safetensors")
                + " does not fit the configured model:"
                + "\n  tensor 'a.weight' has shape [2, 3]; [3, 2] expected"
                + "\n  tensor 'b' is missing; shape [2, 3] expected"
                + "\n  tensor 'alpha' found, which this configuration has no use for");
  }

  @Test
  void publishesWhatOthersNeed() throws IOException {
    save(100, 1.0);
    Path target = Files.createDirectory(temporary.resolve("model"));

    checkpoints.latest().export(target, false);

    assertThat(target.toFile().list())
        .containsExactlyInAnyOrder("model.safetensors", "progress.json");
    StoredCheckpoint read = StoredCheckpoint.read(target);
    assertThat(read.parameters()).isEqualTo(tensors(100));
    assertThat(read.optimizer()).isEmpty();
  }

  @Test
  void exportsTheParametersInHalfTheSize() throws IOException {
    Map<String, Array> parameters = Map.of("w", TestArrays.mixed(1, 40, 50));
    checkpoints.save(progress(100, null), parameters, tensors(1), 3);
    Path whole = Files.createDirectory(temporary.resolve("whole"));
    Path half = Files.createDirectory(temporary.resolve("half"));

    checkpoints.latest().export(whole, false);
    checkpoints.latest().export(half, true);

    Array read = StoredCheckpoint.read(half).parameters().get("w");
    assertThat(read.shape()).isEqualTo(Shape.of(40, 50));
    for (int i = 0; i < 2000; i++) {
      double exact = parameters.get("w").real(i);
      assertThat(read.real(i)).isCloseTo(exact, within(Math.abs(exact) * 0x1p-11));
    }
    assertThat(Files.size(half.resolve("model.safetensors")))
        .isLessThan(Files.size(whole.resolve("model.safetensors")) * 6 / 10);
  }

  @Test
  void losesNothingWhenTheDiskIsFull() throws IOException {
    Configuration tiny = Configuration.unix().toBuilder().setMaxSize(64 * 1024).build();
    try (FileSystem disk = Jimfs.newFileSystem(tiny)) {
      Checkpoints there = new Checkpoints(disk.getPath("/disk/run/checkpoints"));
      there.save(progress(100, null), tensors(100), tensors(1), 1);
      Map<String, Array> large = Map.of("a", Array.filled(Shape.of(50_000), 1));

      assertThat(refusal(() -> there.save(progress(200, null), tensors(200), large, 1)))
          .isEqualTo(
              "checkpoint /disk/run/checkpoints/step-00000200 cannot be written: out of disk space."
                  + " The checkpoint before, /disk/run/checkpoints/step-00000100, is untouched.");
      assertThat(there.latest().parameters()).isEqualTo(tensors(100));
      try (Stream<Path> files = Files.list(disk.getPath("/disk/run/checkpoints"))) {
        assertThat(files).hasSize(1);
      }
    }
  }

  @Test
  void hasTheOldOneOrTheNewOneWhereverWritingStops() throws IOException {
    int stopped = 0;
    for (int blocks = 30; blocks < 130; blocks += 3) {
      Configuration disk =
          Configuration.unix().toBuilder().setBlockSize(64).setMaxSize(64L * blocks).build();
      try (FileSystem small = Jimfs.newFileSystem(disk)) {
        Checkpoints there = new Checkpoints(small.getPath("/disk/checkpoints"));
        there.save(progress(100, null), tensors(100), tensors(1), 3);
        long last = 100;
        try {
          for (long step = 200; step <= 800; step += 100) {
            there.save(progress(step, 1.0 / step), tensors(step), tensors(-step), 3);
            last = step;
          }
        } catch (UserException e) {
          stopped++;
        }
        assertThat(there.latest().progress().step()).isEqualTo(last);
        assertThat(there.latest().parameters()).isEqualTo(tensors(last));
      }
    }
    assertThat(stopped).isBetween(10, 33);
  }

  @Test
  void saysWhenThereIsNoPermission() throws IOException {
    Files.createDirectories(folder);
    assumeFalse(Files.isWritable(Path.of("/")), "whoever may write anywhere is refused nothing");
    folder.toFile().setWritable(false);
    try {
      assertThatThrownBy(() -> save(100, null))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("cannot be written: no permission for")
          .hasMessageEndingWith("No checkpoint was saved before.");
    } finally {
      folder.toFile().setWritable(true);
    }
  }

  @Test
  void refusesFiguresThatAreNoNumbers() {
    assertThat(refusal(() -> progress(1, Double.NaN)))
        .isEqualTo("validationLoss is NaN; a finite number expected");
    assertThat(refusal(() -> progress(1, 1.0).withFigures(Map.of("x", 1 / 0.0))))
        .isEqualTo("x is Infinity; a finite number expected");
  }
}
