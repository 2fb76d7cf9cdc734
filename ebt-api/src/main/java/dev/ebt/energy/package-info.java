/** The SPI for models: {@link dev.ebt.energy.EnergyModel} and the baselines. */
@org.jspecify.annotations.NullMarked
package dev.ebt.energy;
