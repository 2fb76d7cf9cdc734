package example.concepts;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Map;
import java.util.SplittableRandom;

/** Point sets of one concept; each row is a function of its number. */
record ConceptData(Concept concept, PointSets modality) implements Dataset {
  /**
   * The settings.
   *
   * @param concept ring or apart
   */
  record Settings(Concept concept) {}

  /** A range of rows. */
  private record Rows(ConceptData data, int from, int size) implements Examples {
    @Override
    public Batch batch(int... rows) {
      int points = data.modality.points();
      double[] coordinates = new double[rows.length * points * 2];
      for (int i = 0; i < rows.length; i++) {
        SplittableRandom random = new SplittableRandom((from + rows[i]) * 0x9E3779B97F4A7C15L);
        int at = i * points * 2;
        for (Concept.Point point : data.concept.draw(points, random)) {
          coordinates[at++] = point.x();
          coordinates[at++] = point.y();
        }
      }
      return new Batch(
          Map.of(PointSets.PRESENT, Array.filled(Shape.of(rows.length, points, 1), 1)),
          Array.of(Shape.of(rows.length, points, 2), coordinates),
          Array.filled(Shape.of(rows.length), 1));
    }
  }

  @Override
  public String description() {
    return "sets of " + modality.points() + " points: " + concept;
  }

  @Override
  public String fingerprint() {
    return "concept 1 " + concept + " " + modality.points();
  }

  @Override
  public Examples training() {
    return new Rows(this, 256, 65_536);
  }

  @Override
  public Examples validation() {
    return new Rows(this, 0, 256);
  }
}
