/** The SPI of energies: {@link dev.ebt.energy.EnergyModel}. */
@org.jspecify.annotations.NullMarked
package dev.ebt.energy;
