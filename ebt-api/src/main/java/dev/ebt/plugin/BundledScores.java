package dev.ebt.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The scores of a {@link BundledModel}, measured when it was made.
 *
 * @param rows the number of validation rows, from the first on
 * @param results by increasing number of steps
 */
public record BundledScores(int rows, List<Score> results) {
  /** Copies the list. */
  public BundledScores {
    results = List.copyOf(results);
  }

  /**
   * The score after a number of steps.
   *
   * @param steps the thinking steps of each prediction
   * @param loss the mean validation loss, in the unit of the modality
   * @param energy the mean energy of the predictions
   */
  public record Score(int steps, double loss, double energy) {}

  /** Returns the numbers of steps. */
  public List<Integer> steps() {
    return results.stream().map(Score::steps).toList();
  }

  /**
   * Reads what {@code ebt eval --json} printed, with the number of {@code rows}.
   *
   * @param json UTF-8; it is not closed
   * @throws IOException if it cannot be read, or is not JSON
   */
  static BundledScores read(InputStream json) throws IOException {
    JsonNode document = new ObjectMapper().readTree(json);
    List<Score> scores = new ArrayList<>();
    for (JsonNode result : document.path("results")) {
      scores.add(
          new Score(
              result.path("steps").asInt(),
              result.path("loss").asDouble(),
              result.path("energy").asDouble()));
    }
    return new BundledScores(document.path("rows").asInt(), scores);
  }
}
