/**
 * Regularizers of the energy landscape: {@link dev.ebt.regularizers.Langevin}, {@link
 * dev.ebt.regularizers.RandomStepSize}, {@link dev.ebt.regularizers.RandomStepCount}, {@link
 * dev.ebt.regularizers.GradientClamp}, {@link dev.ebt.regularizers.EnergyL2}, {@link
 * dev.ebt.regularizers.SpectralStepSize}, {@link dev.ebt.regularizers.Replay}. Each is a record of
 * its settings.
 */
@NullMarked
package dev.ebt.regularizers;

import org.jspecify.annotations.NullMarked;
