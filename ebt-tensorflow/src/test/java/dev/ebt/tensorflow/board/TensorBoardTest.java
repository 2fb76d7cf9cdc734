package dev.ebt.tensorflow.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.interact.PngImage;
import dev.ebt.monitor.ModelInspection;
import dev.ebt.monitor.ModelSample;
import dev.ebt.monitor.Monitor;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.MonitorContract;
import dev.ebt.train.CompositeMonitor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

class TensorBoardTest extends MonitorContract {
  @Override
  protected Monitor monitor() {
    return new TensorBoard(new TensorBoardSettings(null, null));
  }

  /** A model whose values are known. */
  private static final class Known implements ModelInspection {
    @Override
    public OptionalDouble stepSize() {
      return OptionalDouble.of(0.5);
    }

    @Override
    public Map<String, Array> gradients() {
      return Map.of("w", Array.of(Shape.of(2), 3.0, 4.0));
    }

    @Override
    public Map<Integer, double[]> energies() {
      return Map.of(2, new double[] {-1, -3});
    }

    @Override
    public Optional<ModelSample> sample() {
      try {
        BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_INT_RGB);
        return Optional.of(
            new ModelSample("it writes \"<b>\"", List.of(new PngImage(image).encode())));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private CompositeMonitor training(long done, int every) {
    TensorBoard board =
        new TensorBoard(
            new TensorBoardSettings(every, true), () -> Instant.ofEpochSecond(1_700_000_000));
    return new CompositeMonitor(
        List.of(board), folder, done, 20, new Known(), new TrainingListener() {});
  }

  private static StepMetrics metrics(double loss) {
    return new StepMetrics(loss, 5, Map.of("firstEnergy", 2.0, "lastEnergy", -1.0));
  }

  private static List<Long> steps(List<Event> events, String tag) {
    return events.stream()
        .filter(
            event ->
                event.getSummary().getValueList().stream().anyMatch(v -> v.getTag().equals(tag)))
        .map(Event::getStep)
        .toList();
  }

  @Test
  void curvesHaveAPointEveryFewUpdates() throws IOException {
    CompositeMonitor training = training(0, 4);
    for (long step = 1; step <= 9; step++) {
      training.stepped(step, metrics(step));
    }
    training.end(9);
    List<Event> events = StrictEvents.inFolder(folder);
    assertThat(steps(events, "training/loss")).containsExactly(1L, 4L, 8L);
    assertThat(StrictEvents.values(events, "training/loss"))
        .extracting(Summary.Value::getSimpleValue)
        .containsExactly(1f, 4f, 8f);
    assertThat(StrictEvents.values(events, "training/energyGap").get(0).getSimpleValue())
        .isEqualTo(3f);
    assertThat(StrictEvents.values(events, "training/stepSize").get(0).getSimpleValue())
        .isEqualTo(0.5f);
  }

  @Test
  void updatesAfterARollBackTakeThePlaceOfThoseBefore() throws IOException {
    CompositeMonitor training = training(0, 1);
    for (long step = 1; step <= 5; step++) {
      training.stepped(step, metrics(step));
    }
    training.rolledBack(2);
    training.stepped(3, metrics(30));
    training.end(3);
    List<Event> events = StrictEvents.inFolder(folder);
    assertThat(steps(events, "training/loss")).containsExactly(1L, 2L, 3L);
    assertThat(StrictEvents.values(events, "training/loss").get(2).getSimpleValue()).isEqualTo(30f);
  }

  @Test
  void aValidationBringsHistogramsTextAndPictures() throws IOException {
    CompositeMonitor training = training(0, 1);
    training.validated(
        6,
        List.of(
            new EvaluationResult(
                2, 1, 2, 0.1, Map.of("loss", 1.5, "energy", -2.0, "accuracy", 0.5), Map.of(), 8)));
    training.end(6);
    List<Event> events = StrictEvents.inFolder(folder);
    assertThat(StrictEvents.values(events, "validation/accuracy").get(0).getSimpleValue())
        .isEqualTo(0.5f);
    assertThat(StrictEvents.values(events, "thinking/energy_after_2").get(0).getSimpleValue())
        .isEqualTo(-2f);
    assertThat(StrictEvents.values(events, "gradients/w").get(0).getHisto().getSumSquares())
        .isEqualTo(25);
    assertThat(StrictEvents.values(events, "energies/after_2").get(0).getHisto().getMin())
        .isEqualTo(-3);
    Summary.Value text = StrictEvents.values(events, "sample/text").get(0);
    assertThat(text.getMetadata().getPluginData().getPluginName()).isEqualTo("text");
    assertThat(text.getTensor().getStringVal(0).toStringUtf8()).isEqualTo("    it writes \"<b>\"");
    Summary.Image picture = StrictEvents.values(events, "sample/picture/0").get(0).getImage();
    assertThat(List.of(picture.getWidth(), picture.getHeight(), picture.getColorspace()))
        .containsExactly(5, 3, 3);
  }

  @Test
  void aResumedTrainingLeavesNoStepTwice() throws IOException {
    CompositeMonitor first = training(0, 1);
    for (long step = 1; step <= 8; step++) {
      first.stepped(step, metrics(1));
    }
    first.end(8);
    CompositeMonitor second = training(5, 1);
    for (long step = 6; step <= 9; step++) {
      second.stepped(step, metrics(2));
    }
    second.end(9);
    List<Event> events = StrictEvents.inFolder(folder);
    assertThat(steps(events, "training/loss")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    Event start = events.stream().filter(Event::hasSessionLog).findFirst().orElseThrow();
    assertThat(start.getStep()).isEqualTo(6);
    assertThat(start.getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
    assertThat(EventFile.all(folder)).hasSize(2);
  }

  @Test
  void anEventThatWasNotWrittenWholeIsCutOff() throws IOException {
    CompositeMonitor first = training(0, 1);
    first.stepped(1, metrics(1));
    first.end(1);
    Path file = EventFile.all(folder).get(0);
    Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
    training(1, 1).end(1);
    assertThat(steps(StrictEvents.inFolder(folder), "training/loss")).containsExactly(1L);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() {
    TensorBoard board = new TensorBoard(new TensorBoardSettings(null, null));
    Path missing = folder.resolve("missing");
    assertThatThrownBy(
            () -> new CompositeMonitor(List.of(board), missing, 0, 20, new TrainingListener() {}))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(missing + " cannot be written for TensorBoard: ");
  }

  @Test
  void anIntervalBelowOneIsRefused() {
    assertThatThrownBy(() -> new TensorBoardSettings(0, null))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("at least 1");
  }
}
