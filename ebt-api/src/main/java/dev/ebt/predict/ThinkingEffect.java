package dev.ebt.predict;

import java.util.OptionalDouble;

/**
 * What thinking does to predictions, at one compute budget.
 *
 * @param moved the mean Euclidean distance of a prediction's model input from that of its initial
 *     candidate
 * @param gain the mean loss after the first step minus that after all steps, positive if the
 *     further steps help; empty before the first step
 * @param rankCorrelation the rank correlation (Spearman) of final energies with losses over
 *     predictions, −1 to 1; 1 if the energy orders predictions as their errors do. Empty if all are
 *     equal, or one is not a number
 * @param wrongLower the share of predictions in whose context a wrong answer, the target of another
 *     prediction, has a lower energy than the right one, 0 to 1; ½ by chance. It is the same for
 *     every budget; empty if the energies of targets are unknown
 */
public record ThinkingEffect(
    double moved, OptionalDouble gain, OptionalDouble rankCorrelation, OptionalDouble wrongLower) {}
