/** First stage: takes records from Kafka, holds them, and reads the requests in them. */
@NullMarked
package dev.colorstream.worker.consumer;

import org.jspecify.annotations.NullMarked;
