package example.control;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Demonstrations: the position of an agent, somewhere on its trajectory, and the moves of a
 * demonstrator from there. The position is off the trajectory by normal noise, so that a policy
 * learns to come back. Each row is a function of the seed and its number, and none touches the
 * obstacle.
 */
record Demonstrations(Settings settings) implements Dataset {
  private static final int VALIDATION = 512;
  private static final int LONGEST_TRAJECTORY = 20;

  /**
   * The settings.
   *
   * @param rows number of training rows (16384)
   * @param noise deviation of a position from the trajectory of the demonstrator (0.03)
   * @param seed of the demonstrations (1)
   */
  public record Settings(Integer rows, Double noise, Long seed) {

    /** Fills in defaults and rejects invalid values. */
    public Settings {
      rows = requireNonNullElse(rows, 16_384);
      noise = requireNonNullElse(noise, 0.03);
      seed = requireNonNullElse(seed, 1L);
      if (rows < 1) {
        throw SettingException.of("rows", rows, "at least 1");
      }
      if (!(noise >= 0 && noise <= 0.1)) {
        throw SettingException.of("noise", noise, "from 0 to 0.1");
      }
    }
  }

  /** A position and the moves from there. */
  private record Demonstration(Point from, List<Point> moves) {
    boolean collides() {
      Point agent = from;
      for (Point move : moves) {
        if (Plane.collides(agent, move)) {
          return true;
        }
        agent = agent.plus(move);
      }
      return false;
    }
  }

  /** A range of rows. */
  private record Rows(Settings settings, int from, int size) implements Examples {
    @Override
    public Batch batch(int... rows) {
      int numbers = ControlModality.MOVES * 2;
      double[] positions = new double[rows.length * 2];
      double[] moves = new double[rows.length * numbers];
      for (int i = 0; i < rows.length; i++) {
        Demonstration row = draw(from + rows[i]);
        positions[2 * i] = row.from.x();
        positions[2 * i + 1] = row.from.y();
        for (int j = 0; j < ControlModality.MOVES; j++) {
          moves[i * numbers + 2 * j] = row.moves.get(j).x() / Plane.REACH;
          moves[i * numbers + 2 * j + 1] = row.moves.get(j).y() / Plane.REACH;
        }
      }
      return new Batch(
          Map.of(ControlModality.POSITION, Array.of(Shape.of(rows.length, 2), positions)),
          Array.of(Shape.of(rows.length, ControlModality.MOVES, 2), moves),
          Array.filled(Shape.of(rows.length), 1));
    }

    private Demonstration draw(int number) {
      SplittableRandom random =
          new SplittableRandom((settings.seed() << 32) + number * 0x9E3779B97F4A7C15L);
      while (true) {
        Demonstrator demonstrator = new Demonstrator(random);
        Point start = Demonstrator.start(random);
        Point onTrajectory =
            demonstrator.moves(start, random.nextInt(LONGEST_TRAJECTORY)).stream()
                .reduce(start, Point::plus);
        Point off = new Point(random.nextGaussian(), random.nextGaussian());
        Point from = onTrajectory.plus(off.times(settings.noise()));
        Demonstration row =
            new Demonstration(from, demonstrator.moves(from, ControlModality.MOVES));
        if (!row.collides()) {
          return row;
        }
      }
    }
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "trajectories around an obstacle to one of two goals: %,d positions for training, %,d for"
            + " validation",
        settings.rows(),
        VALIDATION);
  }

  @Override
  public String fingerprint() {
    return "control 1 " + settings;
  }

  @Override
  public Examples training() {
    return new Rows(settings, VALIDATION, settings.rows());
  }

  @Override
  public Examples validation() {
    return new Rows(settings, 0, VALIDATION);
  }
}
