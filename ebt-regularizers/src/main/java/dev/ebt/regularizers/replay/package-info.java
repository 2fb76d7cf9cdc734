/**
 * Storage of replay buffer rows: {@link dev.ebt.regularizers.replay.FifoReplayBuffer} and its byte
 * layout.
 */
@NullMarked
package dev.ebt.regularizers.replay;

import org.jspecify.annotations.NullMarked;
