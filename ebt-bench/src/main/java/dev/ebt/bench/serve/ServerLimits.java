package dev.ebt.bench.serve;

import java.time.Duration;

/**
 * Limits of requests, so that none can exhaust the server. A request beyond them is refused.
 *
 * @param bodyBytes the greatest size of a request body
 * @param promptTokens the greatest number of tokens of a prompt
 * @param tokens the greatest number of tokens to generate
 * @param steps the greatest number of thinking steps per prediction
 * @param candidates the greatest number of candidates per prediction
 * @param choices the greatest number of answers of a request: of all prompts and choices, or of
 *     answers to rank
 * @param predictions the greatest number of predictions that an input asks for, such as frames;
 *     tokens have a limit of their own
 * @param requests the greatest number of requests at a time, those that wait included
 * @param connections the greatest number of open connections; further ones wait to be accepted
 * @param time the time of a request, waiting included
 * @param idle the time after which a connection without any progress is closed
 */
public record ServerLimits(
    int bodyBytes,
    int promptTokens,
    int tokens,
    int steps,
    int candidates,
    int choices,
    int predictions,
    int requests,
    int connections,
    Duration time,
    Duration idle) {}
