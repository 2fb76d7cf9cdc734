package example.control;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A demonstrator, who goes around the obstacle on one side to the goal of that side. The side is
 * chosen at random before the first move, so that at the start, and only there, two answers are
 * right.
 */
final class Demonstrator {
  private static final double ACTION_NOISE = 0.1 * Plane.REACH;

  private final Plane.Side side;
  private final SplittableRandom random;

  Demonstrator(SplittableRandom random) {
    this.random = random;
    this.side = random.nextBoolean() ? Plane.Side.RIGHT : Plane.Side.LEFT;
  }

  /** Returns a position to start at, below the obstacle. */
  static Point start(SplittableRandom random) {
    return new Point(0.2 * random.nextDouble() - 0.1, -0.9 + 0.2 * random.nextDouble());
  }

  /**
   * Returns some moves from a position: to the passage beside the obstacle, to the goal, and rest.
   */
  List<Point> moves(Point from, int count) {
    List<Point> moves = new ArrayList<>();
    Point agent = from;
    for (int i = 0; i < count; i++) {
      Point aim = agent.y() < side.passage().y() - Plane.REACH ? side.passage() : side.goal();
      Point away = aim.minus(agent);
      Point straight = Plane.within(away);
      Point noise = new Point(random.nextGaussian(), random.nextGaussian());
      Point move =
          away.length() < Plane.REACH / 2
              ? straight
              : Plane.within(straight.plus(noise.times(ACTION_NOISE)));
      moves.add(move);
      agent = agent.plus(move);
    }
    return moves;
  }
}
