/**
 * Downstream tasks in the files they are published in: {@link dev.ebt.text.task.Task} reads one,
 * {@link dev.ebt.text.task.TaskEvaluation} judges a model by it, {@link
 * dev.ebt.text.task.TaskDataset} learns from it.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.task;
