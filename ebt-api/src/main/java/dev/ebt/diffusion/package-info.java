/**
 * Diffusion, the baseline of thinking for pictures. Read in this order: {@link
 * dev.ebt.diffusion.NoiseSchedule} (forwards in time), {@link dev.ebt.diffusion.ReverseStep} (one
 * move back), {@link dev.ebt.diffusion.DiffusionObjective} (what is learnt), {@link
 * dev.ebt.diffusion.DiffusionPredictor} (how candidates are drawn).
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.diffusion;
