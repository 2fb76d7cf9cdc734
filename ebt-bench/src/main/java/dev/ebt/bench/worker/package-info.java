/**
 * Trainings in processes of their own: {@link dev.ebt.bench.worker.ChildProcesses} starts them, and
 * {@link dev.ebt.bench.worker.TrainingWorker} is their main class.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.worker;
