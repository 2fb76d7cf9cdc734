package dev.ebt.energy;

/**
 * Settings of a model that know which learning rate suits its size: what a run takes unless its
 * configuration says otherwise.
 */
public interface RateOfSize {
  /** Peak learning rate. */
  double suitableRate();
}
