/** What the topic of jobs says of jobs: how they stand and which photos they have. */
@NullMarked
package dev.colorstream.producertools.jobs;

import org.jspecify.annotations.NullMarked;
