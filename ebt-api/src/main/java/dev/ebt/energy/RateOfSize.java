package dev.ebt.energy;

/**
 * Settings of a model that derive a learning rate from what the model is: what a run takes unless
 * its configuration says otherwise. Only resolved sizes decide, never the name of a recipe or of a
 * size, so that models of one architecture that are compared learn at one rate.
 */
public interface RateOfSize {
  /** Peak learning rate. */
  double suitableRate();
}
