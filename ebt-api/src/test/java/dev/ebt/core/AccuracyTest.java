package dev.ebt.core;

import dev.ebt.modality.Examples;
import dev.ebt.modality.Metric;
import dev.ebt.modality.Modality;
import dev.ebt.testing.CellsModality;
import dev.ebt.testing.MetricContract;

/** The accuracy of predictions that have several classes each is one number per prediction. */
class AccuracyTest extends MetricContract {
  private static final CellsModality CELLS = new CellsModality(4, 3);

  @Override
  protected Metric metric() {
    return new Accuracy();
  }

  @Override
  protected Modality modality() {
    return CELLS;
  }

  @Override
  protected Examples examples() {
    return CELLS.examples(3);
  }
}
