package dev.ebt.tensorflow;

import dev.ebt.tensor.Shape;

/**
 * The location of a tensor in the graph.
 *
 * @param output the node output that holds it
 * @param shape the shape that the node computes: the tensor's shape, or a smaller one that
 *     broadcasts to it and is not yet expanded, because most consumers broadcast on their own
 */
record Value(String output, Shape shape) {}
