/**
 * Downstream tasks in their published file formats: {@link dev.ebt.text.task.TextTask} reads one,
 * {@link dev.ebt.text.task.TaskEvaluation} evaluates a model on it, {@link
 * dev.ebt.text.task.TaskDataset} uses it for training.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.task;
