/** What the embedded Kafka promises. */
@NullMarked
package dev.colorstream.local.embeddedkafka;

import org.jspecify.annotations.NullMarked;
