/**
 * Diffusion, the baseline of thinking for images. Read in this order: {@link
 * dev.ebt.diffusion.NoiseSchedule} (the forward process), {@link dev.ebt.diffusion.ReverseStep}
 * (one step of the reverse process), {@link dev.ebt.diffusion.DiffusionObjective} (training),
 * {@link dev.ebt.diffusion.DiffusionPredictor} (sampling).
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.diffusion;
