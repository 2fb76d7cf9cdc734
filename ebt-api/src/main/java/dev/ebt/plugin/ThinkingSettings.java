package dev.ebt.plugin;

import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.ebt.energy.EnergyTerm;
import dev.ebt.energy.WeightedEnergy;
import dev.ebt.optimize.Optimizer;
import dev.ebt.select.Repulsion;
import dev.ebt.select.Selection;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.stop.StoppingRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configured settings of thinking: its numbers, whose keys stand beside those of its parts.
 *
 * @param hyperparameters the numbers
 * @param optimizer the optimizer of candidates (gradient-descent)
 * @param stop the rule that ends thinking about a prediction (none but the number of steps)
 * @param select the choice among several candidates (lowest-energy)
 * @param repel the repulsion of a candidate from those before it (none)
 * @param energies energies to add to that of a trained model, each with a weight beside its
 *     settings (none)
 */
public record ThinkingSettings(
    @JsonUnwrapped ThinkingHyperparameters hyperparameters,
    PartSettings optimizer,
    @Nullable PartSettings stop,
    @Nullable PartSettings select,
    @Nullable PartSettings repel,
    List<PartSettings> energies) {

  /** Fills in defaults. */
  public ThinkingSettings {
    hyperparameters = requireNonNullElseGet(hyperparameters, ThinkingHyperparameters::defaults);
    optimizer = requireNonNullElseGet(optimizer, () -> PartSettings.of("gradient-descent"));
    energies = List.copyOf(requireNonNullElse(energies, List.of()));
  }

  /** Creates settings without repulsion and further energies. */
  public ThinkingSettings(
      ThinkingHyperparameters hyperparameters,
      PartSettings optimizer,
      @Nullable PartSettings stop,
      @Nullable PartSettings select) {
    this(hyperparameters, optimizer, stop, select, null, List.of());
  }

  /** Returns settings with every value at its default. */
  public static ThinkingSettings defaults() {
    return of(ThinkingHyperparameters.defaults());
  }

  /** Returns settings with these numbers and gradient descent. */
  public static ThinkingSettings of(ThinkingHyperparameters hyperparameters) {
    return new ThinkingSettings(hyperparameters, PartSettings.of("gradient-descent"), null, null);
  }

  /** Returns the thinking of these numbers with the parts created from their settings. */
  ThinkingMethod create(PartContext context) {
    ThinkingMethod thinking =
        new ThinkingMethod(hyperparameters, context.part(Optimizer.class, optimizer));
    if (stop != null) {
      thinking = thinking.stoppedBy(context.part(StoppingRule.class, stop));
    }
    if (select != null) {
      thinking = thinking.selectedBy(context.part(Selection.class, select));
    }
    if (repel != null) {
      thinking = thinking.repelledBy(context.part(Repulsion.class, repel));
    }
    List<WeightedEnergy> terms = new ArrayList<>();
    for (PartSettings energy : energies) {
      terms.add(
          new WeightedEnergy(
              "energies." + terms.size(),
              context.part(EnergyTerm.class, energy),
              Weight.in(energy)));
    }
    return thinking.withEnergies(terms);
  }
}
