package dev.ebt.bench.serve;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The settings of a server.
 *
 * @param host the name or address of the network interface
 * @param port the port; 0 for a free one
 * @param token the token that requests must bear; empty for none
 * @param accessLog receives a line for each request
 */
public record ServerSettings(
    String host,
    int port,
    Optional<BearerToken> token,
    ServerLimits limits,
    Consumer<String> accessLog) {}
