package dev.ebt.tensorflow;

import dev.ebt.tensor.Shape;

/**
 * The location of a tensor in the graph.
 *
 * @param output the node output that holds it
 * @param shape the shape that the node computes: the tensor's shape; or a smaller one that
 *     broadcasts to it and is not yet expanded, because most consumers broadcast on their own; or
 *     one with more or fewer leading axes of size 1, which are no difference to most consumers
 */
record Value(String output, Shape shape) {}
