/**
 * For tests of this project and of plugins: what every backend must do ({@link
 * dev.ebt.testing.BackendContract}), derivatives against differences ({@link
 * dev.ebt.testing.FiniteDifferences}), what every regularizer must do ({@link
 * dev.ebt.testing.RegularizerContract}) and every energy model ({@link
 * dev.ebt.testing.EnergyModelContract}), a backend that checks what passes through it ({@link
 * dev.ebt.testing.CheckedBackend}), and one that counts it ({@link dev.ebt.testing.TransferLog}).
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.testing;
