/** A real single-node Kafka broker in a child JVM. */
@NullMarked
package dev.colorstream.local.embeddedkafka;

import org.jspecify.annotations.NullMarked;
