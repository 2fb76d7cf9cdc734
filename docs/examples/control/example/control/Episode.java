package example.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The trajectory of an agent: its positions until it arrives at a goal or touches the obstacle. */
final class Episode {
  private final List<Point> positions = new ArrayList<>();
  private Optional<Plane.Side> reached = Optional.empty();
  private boolean collided;

  Episode(Point start) {
    go(start, new Point(0, 0));
  }

  /** Takes moves one after the other, as long as the episode is not over. */
  void take(List<Point> moves) {
    for (Point move : moves) {
      if (!isOver()) {
        go(agent(), move);
      }
    }
  }

  private void go(Point from, Point move) {
    positions.add(from.plus(move));
    collided = Plane.collides(from, move);
    if (!collided) {
      reached =
          Stream.of(Plane.Side.values()).filter(side -> Plane.arrived(agent(), side)).findFirst();
    }
  }

  /** Returns where the agent is. */
  Point agent() {
    return positions.get(positions.size() - 1);
  }

  /** Returns all positions of the agent, the first one first. */
  List<Point> positions() {
    return List.copyOf(positions);
  }

  /** Returns the side of the goal that was reached. */
  Optional<Plane.Side> reached() {
    return reached;
  }

  /** Returns whether the agent has touched the obstacle. */
  boolean collided() {
    return collided;
  }

  /** Returns how the episode ended, in a word. */
  String end() {
    if (collided) {
      return "collided";
    }
    return reached.map(side -> side.name().toLowerCase(Locale.ROOT)).orElse("lost");
  }

  /** Returns whether the agent takes no further moves. */
  boolean isOver() {
    return collided || reached.isPresent();
  }
}
