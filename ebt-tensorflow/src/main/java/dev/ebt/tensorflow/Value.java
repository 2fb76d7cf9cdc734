package dev.ebt.tensorflow;

import dev.ebt.tensor.Shape;

/**
 * Where a tensor is found in the graph.
 *
 * @param output the node output that holds it
 * @param shape what the node computes: the tensor's shape, or a smaller one that broadcasts to it
 *     and was not yet repeated, because most consumers repeat on their own
 */
record Value(String output, Shape shape) {}
