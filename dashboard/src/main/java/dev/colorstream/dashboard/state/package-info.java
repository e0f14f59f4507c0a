/** What the topics say of photos, jobs, workers and models, kept up to date by Kafka Streams. */
@NullMarked
package dev.colorstream.dashboard.state;

import org.jspecify.annotations.NullMarked;
