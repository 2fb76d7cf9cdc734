package dev.ebt.interact;

import dev.ebt.run.RunParts;
import java.util.List;

/** A probe of what a trained model represents, by labels that it was not trained on; by name. */
public interface Probe {
  /** Returns the name in listings. */
  String name();

  /** Returns a one-line description. */
  String summary();

  /** Returns the plural noun for the data it is for, such as {@code images}. */
  String subject();

  /** Returns whether modality, model and dataset suit the probe; the dataset may be read. */
  boolean supports(RunParts model);

  /**
   * Probes a model, whose parameters may be replaced.
   *
   * @param rows the greatest number of examples to fit to, and to evaluate on
   * @throws dev.ebt.error.UserException if there are no suitable labels
   */
  Results probe(RunParts model, int rows);

  /**
   * The results of a probe.
   *
   * @param classes the number of classes
   * @param fitted the number of examples that classifiers were fitted to
   * @param evaluated the number of other examples, over which accuracies are computed
   * @param model the accuracy with the trained model
   * @param baselines accuracies to compare with, by the name in JSON
   */
  record Results(int classes, int fitted, int evaluated, Accuracy model, List<Baseline> baselines) {
    /** Copies the list. */
    public Results {
      baselines = List.copyOf(baselines);
    }
  }

  /**
   * An accuracy to compare with.
   *
   * @param name in JSON, such as {@code accuracyOfPixels}
   * @param label in tables, such as {@code pixels}
   */
  record Baseline(String name, String label, Accuracy accuracy) {}

  /**
   * The share of examples whose class is predicted correctly, 0 to 1.
   *
   * @param numbers the number of features
   * @param evaluations of the network for each example
   * @param seconds of these for all examples
   */
  record Accuracy(int numbers, int evaluations, double seconds, double share) {}
}
