/** Event files for TensorBoard: {@link dev.ebt.tensorflow.board.TensorBoard}, a monitor. */
@org.jspecify.annotations.NullMarked
package dev.ebt.tensorflow.board;
