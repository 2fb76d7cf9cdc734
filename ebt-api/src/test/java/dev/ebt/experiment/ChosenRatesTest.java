package dev.ebt.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ebt.sweep.SettingResult;
import dev.ebt.sweep.SweepOptions;
import dev.ebt.sweep.SweepResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChosenRatesTest {
  private static SettingResult result(
      String model, int width, String rate, double loss, int finished) {
    Map<String, Double> losses =
        finished == 0 ? Map.of() : finished == 1 ? Map.of("1", loss) : Map.of("1", loss, "2", loss);
    return new SettingResult(
        Map.of("model", model, "width", Integer.toString(width), "learningRate", rate),
        losses,
        2,
        Optional.empty(),
        0,
        Optional.empty());
  }

  private static Optional<ChosenRates> chosen(List<SettingResult> settings) {
    return ChosenRates.of(
        new SweepResults(SweepOptions.usual(), List.of(), settings),
        new ChosenRates.Names("model", "width", "learningRate"),
        List.of("ebt", "transformer"));
  }

  private static List<SettingResult> atBothEnds() {
    return List.of(
        result("ebt", 16, "0.016", 1.2, 2),
        result("ebt", 16, "0.032", 1.1, 2),
        result("ebt", 64, "0.002", 1.0, 2),
        result("ebt", 64, "0.004", 1.4, 2),
        result("transformer", 16, "0.016", 1.2, 2),
        result("transformer", 64, "0.004", 1.3, 2));
  }

  @Test
  void eachWidthHasTheRateWithTheLowestLossOfItsModel() {
    ChosenRates rates = chosen(atBothEnds()).orElseThrow();

    assertThat(rates.at("ebt", 16)).isEqualTo("0.032");
    assertThat(rates.at("ebt", 64)).isEqualTo("0.002");
    assertThat(rates.at("transformer", 64)).isEqualTo("0.004");
  }

  @Test
  void aWidthBetweenTwoHasTheGeometricMeanInTheMiddle() {
    ChosenRates rates = chosen(atBothEnds()).orElseThrow();

    assertThat(rates.at("ebt", 32)).isEqualTo("0.008");
    assertThat(rates.at("transformer", 32)).isEqualTo("0.008");
    assertThat(rates.at("ebt", 24)).isEqualTo("0.014");
  }

  @Test
  void oneWidthGivesTheRateOfAll() {
    ChosenRates rates =
        chosen(
                List.of(
                    result("ebt", 32, "0.008", 1.2, 2), result("transformer", 32, "0.016", 1.2, 2)))
            .orElseThrow();

    assertThat(rates.at("ebt", 32)).isEqualTo("0.008");
    assertThat(rates.at("ebt", 128)).isEqualTo("0.008");
    assertThat(rates.at("ebt", 8)).isEqualTo("0.008");
  }

  @Test
  void aRateOfWhichASeedHasNotFinishedDoesNotCount() {
    List<SettingResult> settings = new ArrayList<>(atBothEnds());
    settings.set(1, result("ebt", 16, "0.032", 1.1, 1));

    assertThat(chosen(settings).orElseThrow().at("ebt", 16)).isEqualTo("0.016");
  }

  @Test
  void thereAreNoneWhereAModelHasNoneAtAWidth() {
    List<SettingResult> settings = new ArrayList<>(atBothEnds());
    settings.set(5, result("transformer", 64, "0.004", 1.3, 0));

    assertThat(chosen(settings)).isEmpty();
    assertThat(chosen(List.of(result("ebt", 32, "0.008", 1.2, 2)))).isEmpty();
  }

  @Test
  void otherModelsOfTheSweepMakeNoDifference() {
    List<SettingResult> settings = new ArrayList<>(atBothEnds());
    settings.add(result("rnn", 24, "0.004", 1.3, 1));

    assertThat(chosen(settings).orElseThrow().at("ebt", 16)).isEqualTo("0.032");
  }

  @Test
  void anotherModelHasNoRate() {
    ChosenRates rates = chosen(atBothEnds()).orElseThrow();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> rates.at("rnn", 16))
        .withMessage("no rate of model 'rnn'; there are those of [ebt, transformer]");
  }
}
