/**
 * Processes that share a training, on TensorFlow's distributed runtime: each process runs a server,
 * and sums are its collective operations over gRPC. {@link
 * dev.ebt.tensorflow.cluster.TensorFlowProcesses} is the group that a backend joins.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.tensorflow.cluster;
