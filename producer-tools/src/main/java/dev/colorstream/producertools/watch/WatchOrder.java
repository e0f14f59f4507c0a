package dev.colorstream.producertools.watch;

import dev.colorstream.contract.request.RequestOptions;
import java.time.Duration;

/**
 * What is watched.
 *
 * @param bucket whose objects
 * @param prefix that their keys have; may be empty
 * @param grace how old an object is before it is asked for: bucket notifications may be quicker
 * @param maxAge older objects are left alone: their results may be forgotten
 * @param options for each photo
 */
public record WatchOrder(String bucket, String prefix, Duration grace, Duration maxAge, RequestOptions options) {}
