/**
 * A test kit for this project and its plugins: contract tests for backends ({@link
 * dev.ebt.testing.BackendContract}), regularizers ({@link dev.ebt.testing.RegularizerContract}),
 * monitors ({@link dev.ebt.testing.MonitorContract}) and energy models ({@link
 * dev.ebt.testing.EnergyModelContract}), derivatives by differences ({@link
 * dev.ebt.testing.FiniteDifferences}), a backend that checks the values passed ({@link
 * dev.ebt.testing.CheckedBackend}), and one that counts transfers ({@link
 * dev.ebt.testing.TransferLog}).
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.testing;
