/** Energies that are added to that of a model of images. */
@org.jspecify.annotations.NullMarked
package dev.ebt.vision.energy;
