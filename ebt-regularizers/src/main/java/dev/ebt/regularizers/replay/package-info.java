/**
 * Where a replay buffer keeps its rows: {@link dev.ebt.regularizers.replay.FifoReplayBuffer} and
 * the bytes below it.
 */
@NullMarked
package dev.ebt.regularizers.replay;

import org.jspecify.annotations.NullMarked;
