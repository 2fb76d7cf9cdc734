package example.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An agent on its way: where it was, until it arrives at a goal or touches the obstacle. */
final class Episode {
  private final List<Point> places = new ArrayList<>();
  private Optional<Plane.Side> reached = Optional.empty();
  private boolean collided;

  Episode(Point start) {
    go(start, new Point(0, 0));
  }

  /** Takes moves one after the other, as long as the way is not over. */
  void take(List<Point> moves) {
    for (Point move : moves) {
      if (!isOver()) {
        go(agent(), move);
      }
    }
  }

  private void go(Point from, Point move) {
    places.add(from.plus(move));
    collided = Plane.collides(from, move);
    if (!collided) {
      reached =
          Stream.of(Plane.Side.values()).filter(side -> Plane.arrived(agent(), side)).findFirst();
    }
  }

  /** Returns where the agent is. */
  Point agent() {
    return places.get(places.size() - 1);
  }

  /** Returns all places of the agent, the first one first. */
  List<Point> places() {
    return List.copyOf(places);
  }

  /** Returns the side of the goal that was reached. */
  Optional<Plane.Side> reached() {
    return reached;
  }

  /** Returns whether the agent has touched the obstacle. */
  boolean collided() {
    return collided;
  }

  /** Returns how the way ended, in a word. */
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
