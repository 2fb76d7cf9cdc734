package example.control;

import dev.ebt.predict.Interruption;
import dev.ebt.predict.Predictor;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.SelfVerification;
import java.util.List;
import java.util.Map;

/**
 * A policy at work: all moves of a predicted sequence are taken, then the next sequence is
 * predicted from where the agent is, at most {@value #SEQUENCES} times. Of several candidates the
 * sequence of the lowest score is taken.
 *
 * @param steps of a prediction
 * @param candidates of a prediction
 * @param seed of the first prediction
 */
record RollOut(int steps, int candidates, long seed) {
  private static final int SEQUENCES = 5;

  /**
   * Returns what became of agents.
   *
   * @param starts one for each row of the predictor
   */
  List<Episode> from(List<Point> starts, Predictor predictor) {
    List<Episode> episodes = starts.stream().map(Episode::new).toList();
    for (int i = 0; i < SEQUENCES && !episodes.stream().allMatch(Episode::isOver); i++) {
      predictor.observe(context(episodes));
      Array predicted = predicted(predictor, i);
      for (int row = 0; row < episodes.size(); row++) {
        episodes.get(row).take(ControlModality.moves(predicted.row(row)));
      }
    }
    return episodes;
  }

  private Array predicted(Predictor predictor, int sequence) {
    SelfVerification verification = new SelfVerification();
    for (int i = 0; i < candidates; i++) {
      Interruption.check();
      predictor.begin(SelfVerification.seed(seed, sequence * candidates + i));
      predictor.reach(steps, 0);
      Array moves = predictor.candidate();
      Array scores =
          candidates == 1
              ? Array.filled(Shape.of(moves.shape().size(0)), 0)
              : predictor.selectionScores();
      verification.offer(scores, Map.of(ControlModality.TARGET, moves));
    }
    return verification.selected().get(ControlModality.TARGET);
  }

  private static Map<String, Array> context(List<Episode> episodes) {
    double[] positions = new double[2 * episodes.size()];
    for (int i = 0; i < episodes.size(); i++) {
      positions[2 * i] = episodes.get(i).agent().x();
      positions[2 * i + 1] = episodes.get(i).agent().y();
    }
    return Map.of(ControlModality.POSITION, Array.of(Shape.of(episodes.size(), 2), positions));
  }
}
