package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** Trainings with the monitor that writes event files for TensorBoard. */
class TensorBoardCommandTest {
  private static final String BOARD = "monitors=[{name: tensorboard, every: 1}]";

  @TempDir private Path folder;

  private static List<Event> events(Path run) throws IOException {
    List<Event> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : files.filter(f -> f.toString().contains("tfevents")).sorted().toList()) {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
          byte[] content = new byte[(int) bytes.getLong()];
          bytes.getInt();
          bytes.get(content);
          bytes.getInt();
          events.add(Event.parseFrom(content));
        }
      }
    }
    return events;
  }

  private static List<Summary.Value> values(Event event, String prefix) {
    return event.getSummary().getValueList().stream()
        .filter(value -> value.getTag().startsWith(prefix))
        .toList();
  }

  /** With a rate that changes no digit, gradients after an update are those that it was made of. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void histogramsAreOfTheGradientsOfTheLoss(int thinkingSteps) throws IOException {
    Tiny tiny = Tiny.in(folder);
    fine(
        tiny.train(
            "run",
            "--set",
            BOARD,
            "--set",
            "objective.steps=" + thinkingSteps,
            "--set",
            "training.learningRate=1e-30",
            "--set",
            "training.validateEvery=1"));
    List<Double> norms = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("run/metrics.jsonl"))) {
      JsonNode norm = new ObjectMapper().readTree(line).path("gradientNorm");
      if (norm.isNumber()) {
        norms.add(norm.doubleValue());
      }
    }
    List<Event> validations =
        events(folder.resolve("run")).stream()
            .filter(event -> !values(event, "gradients/").isEmpty())
            .toList();
    assertThat(validations).hasSameSizeAs(norms).hasSize(Tiny.STEPS);
    for (int i = 0; i < norms.size(); i++) {
      double squares =
          values(validations.get(i), "gradients/").stream()
              .mapToDouble(value -> value.getHisto().getSumSquares())
              .sum();
      assertThat(Math.sqrt(squares)).isCloseTo(norms.get(i), within(1e-9 * norms.get(i)));
    }
    assertThat(values(validations.get(0), "energies/")).hasSize(thinkingSteps + 1);
  }

  @Test
  void theTrainingItselfIsTheSame() throws IOException {
    Tiny tiny = Tiny.in(folder);
    fine(tiny.train("plain", "--set", "training.accumulate=2"));
    fine(tiny.train("board", "--set", "training.accumulate=2", "--set", BOARD));
    assertThat(Tiny.metrics(folder.resolve("board")))
        .isEqualTo(Tiny.metrics(folder.resolve("plain")));
    String parameters = "checkpoints/step-00000004/model.safetensors";
    assertThat(folder.resolve("board").resolve(parameters))
        .hasSameBinaryContentAs(folder.resolve("plain").resolve(parameters));
  }

  @Test
  void samplesAreOfTextOrOfPictures() throws IOException {
    Tiny tiny = Tiny.in(folder);
    fine(tiny.train("text", "--set", BOARD));
    Event text =
        events(folder.resolve("text")).stream()
            .filter(event -> !values(event, "sample/").isEmpty())
            .findFirst()
            .orElseThrow();
    assertThat(values(text, "sample/text").get(0).getTensor().getStringVal(0).toStringUtf8())
        .startsWith("    it writes \"");
    assertThat(values(text, "sample/picture")).isEmpty();

    String settings =
        "backend=reference modality.size=8 modality.patch=4 data.images=12 data.validationImages=4 model.layers=1"
            + " model.heads=1 model.width=8 training.steps=1 training.batch=2"
            + " training.validationRows=2 training.warmUp=0 "
            + "monitors=[tensorboard]";
    List<String> line = new ArrayList<>(List.of("train", "--recipe", "denoise", "--out"));
    line.add(folder.resolve("pictures").toString());
    for (String setting : settings.split(" ")) {
      line.addAll(List.of("--set", setting));
    }
    fine(line.toArray(String[]::new));
    Event pictures =
        events(folder.resolve("pictures")).stream()
            .filter(event -> !values(event, "sample/").isEmpty())
            .findFirst()
            .orElseThrow();
    Summary.Image picture = values(pictures, "sample/picture/0").get(0).getImage();
    assertThat(picture.getHeight()).isEqualTo(128);
    assertThat(picture.getWidth()).isGreaterThanOrEqualTo(3 * 128);
  }
}
