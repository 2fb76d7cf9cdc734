package example.control;

/**
 * The world: a plane with a round obstacle between the agent, which starts below it, and two goals
 * above it, one on either side.
 */
final class Plane {
  /** The greatest length of a move. */
  static final double REACH = 0.1;

  /** The radius of the obstacle around (0, 0). */
  static final double OBSTACLE = 0.25;

  /** How near to a goal an agent has arrived. */
  static final double NEAR = 0.15;

  /** The side of a goal, or of the obstacle. */
  enum Side {
    LEFT(-1),
    RIGHT(1);

    private final int sign;

    Side(int sign) {
      this.sign = sign;
    }

    /** Returns the goal on this side. */
    Point goal() {
      return new Point(0.5 * sign, 0.8);
    }

    /** Returns a point beside the obstacle, on the way to the goal. */
    Point passage() {
      return new Point(0.5 * sign, 0);
    }
  }

  private Plane() {}

  /** Returns the move, shortened where it is longer than the agent can go. */
  static Point within(Point move) {
    double length = move.length();
    return length > REACH ? move.times(REACH / length) : move;
  }

  /** Returns whether the straight line of a move touches the obstacle. */
  static boolean collides(Point from, Point move) {
    double square = move.dot(move);
    double nearest = square == 0 ? 0 : Math.min(1, Math.max(0, -from.dot(move) / square));
    return from.plus(move.times(nearest)).length() < OBSTACLE;
  }

  /** Returns whether an agent has arrived at a goal. */
  static boolean arrived(Point agent, Side side) {
    return side.goal().minus(agent).length() < NEAR;
  }
}
